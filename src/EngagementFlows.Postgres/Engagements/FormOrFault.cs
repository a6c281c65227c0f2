using EngagementFlows.Engagements.Forms;
using EngagementFlows.Postgres.Forms;
using Npgsql;

namespace EngagementFlows.Postgres.Engagements;

/// <summary>A form that an effect names, or why there is none: told where the form is wanted, so that only that activity fails.</summary>
internal sealed record FormOrFault(FormDefinition? Form, string? Fault)
{
    public static async Task<FormOrFault> LoadAsync(NpgsqlConnection connection, string version, string path, CancellationToken cancellationToken)
    {
        try
        {
            return new(await LoadForm.ExecuteAsync(connection, version, path, cancellationToken), null);
        }
        catch (InvalidOperationException fault)
        {
            return new(null, fault.Message);
        }
    }
}
