using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.SignalR;

namespace EngagementFlows.Server.Studio.Instances;

/// <summary>The Studio's live connection: it names the instance that it shows and hears when it moves.</summary>
internal sealed class InstanceHub(InstanceWatch watch, Confidentiality confidentiality) : Hub
{
    public const string Path = "/elsa/hubs/workflow-instance";

    public override async Task OnConnectedAsync()
    {
        if (!watch.Enter(Context))
        {
            // Whoever opens that many has lost count, or is no browser of ours.
            Context.Abort();
            return;
        }

        await base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        watch.Leave(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }

    /// <summary>Watches an instance, from now on instead of any before. One that is not there, or that the caller may not see, never moves.</summary>
    [HubMethodName("ObserveInstanceAsync")]
    public async Task ObserveInstanceAsync(string instanceId)
    {
        if (Guid.TryParse(instanceId, out Guid id) && await confidentiality.IsOpenAsync(CurrentPerson.Of(Context.User!), [id], Context.ConnectionAborted))
            watch.Observe(Context.ConnectionId, id);
    }
}
