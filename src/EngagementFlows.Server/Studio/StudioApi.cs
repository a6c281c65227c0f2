using EngagementFlows.Server.Security;
using EngagementFlows.Server.Studio.Definitions;
using EngagementFlows.Server.Studio.Descriptors;
using EngagementFlows.Server.Studio.Instances;

namespace EngagementFlows.Server.Studio;

/// <summary>The API that Elsa Studio 3.8 speaks, under <c>/elsa/api</c>. What other programs need stands under <c>/api</c>.</summary>
/// <remarks>
/// The Studio takes any status that it does not expect for a broken program, so mistakes of people are answered with 400 and a text; 401 and 403 are
/// caught by the designer's own page. Nothing here is part of the document of the public API.
/// </remarks>
internal static class StudioApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder api = routes.MapGroup("/elsa/api").RequireAuthorization(Policies.SeeDesigner).ExcludeFromDescription();
        DescriptorEndpoints.Map(api);
        DefinitionEndpoints.Map(api);
        InstanceEndpoints.Map(api);
        StudioInstances.MapHub(routes);
    }
}
