using EngagementFlows.Server.Outbound;

namespace EngagementFlows.Server.Tests.Outbound;

public sealed class CallSlotsTests
{
    [Fact]
    public async Task EnterAsync_TurnGivenUp_ForgetsTheHost()
    {
        CallSlots slots = new(1);
        using CancellationTokenSource impatient = new();
        IDisposable held = await slots.EnterAsync("one.test", CancellationToken.None);
        Task waiting = slots.EnterAsync("one.test", impatient.Token);

        await impatient.CancelAsync();

        await waiting.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        slots.Hosts.Should().Be(1);
        held.Dispose();
        slots.Hosts.Should().Be(0);
    }
}
