using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Postgres.Clients;
using Npgsql;

namespace EngagementFlows.Postgres.Forms;

/// <summary>Loads a form with the members of staff as choices, where it asks for one. Never for questions on a client's page.</summary>
internal static class StaffForm
{
    /// <summary>Returns the form.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="versionId">The process version.</param>
    /// <param name="path">The form in it.</param>
    /// <param name="onlyActive">Whether only those are offered who still work here; for reading what was answered, everybody has a name.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    /// <exception cref="InvalidOperationException">The version has no such form, or one that cannot be read.</exception>
    public static async Task<FormDefinition> ExecuteAsync(NpgsqlConnection connection, string versionId, string path, bool onlyActive, CancellationToken cancellationToken)
    {
        FormDefinition form = await LoadForm.ExecuteAsync(connection, versionId, path, cancellationToken);
        if (!form.AsksForStaff)
            return form;
        List<Person> staff = await ListStaff.ExecuteAsync(connection, cancellationToken);
        return form.WithStaff([.. staff.Where(person => person.IsActive || !onlyActive)]);
    }
}
