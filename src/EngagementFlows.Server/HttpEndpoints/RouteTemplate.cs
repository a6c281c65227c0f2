using EngagementFlows.Scripts;

namespace EngagementFlows.Server.HttpEndpoints;

/// <summary>Compares a path with the path of an HttpEndpoint, <c>orders/{id}/lines/{line}</c>. Pure.</summary>
internal static class RouteTemplate
{
    /// <summary>Returns the values of the template's parts, or <see langword="null"/> if the path is another. Letter case of fixed parts does not matter, as in addresses elsewhere.</summary>
    public static PlainObject? Match(string template, string path)
    {
        string[] wanted = template.Trim('/').Split('/');
        string[] found = path.Trim('/').Split('/');
        if (wanted.Length != found.Length)
            return null;
        PlainObject values = new();
        for (int i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] is ['{', .. var name, '}'] && found[i].Length > 0)
                values[name] = found[i];
            else if (!wanted[i].Equals(found[i], StringComparison.OrdinalIgnoreCase))
                return null;
        }

        return values;
    }
}
