using EngagementFlows.Engagements.Forms;
using Npgsql;

namespace EngagementFlows.Postgres.Forms;

/// <summary>Answers beside the form that asked for them.</summary>
/// <param name="Form">The form.</param>
/// <param name="Answers">The answers.</param>
public sealed record AnsweredForm(FormDefinition Form, StoredAnswers Answers);

/// <summary>Reads forms for whoever shows them.</summary>
public sealed class ReadForms(NpgsqlDataSource dataSource, ListAnswers answers)
{
    /// <summary>Returns the form of a process version.</summary>
    /// <exception cref="InvalidOperationException">The version has no such form.</exception>
    public async Task<FormDefinition> OfVersionAsync(string versionId, string path, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await LoadForm.ExecuteAsync(connection, versionId, path, cancellationToken);
    }

    /// <summary>Returns the form of a process version as a member of staff answers it: with the active staff where it asks for one of them.</summary>
    /// <exception cref="InvalidOperationException">The version has no such form.</exception>
    public async Task<FormDefinition> ForStaffAsync(string versionId, string path, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await StaffForm.ExecuteAsync(connection, versionId, path, onlyActive: true, cancellationToken);
    }

    /// <summary>Returns the form of a process version to read answers by: whoever was chosen of the staff has a name, also who has left.</summary>
    /// <exception cref="InvalidOperationException">The version has no such form.</exception>
    public async Task<FormDefinition> ForReadingAsync(string versionId, string path, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await StaffForm.ExecuteAsync(connection, versionId, path, onlyActive: false, cancellationToken);
    }

    /// <summary>Returns what was answered to one link or task, with its form; <see langword="null"/> if nothing was.</summary>
    public async Task<AnsweredForm?> OfOneAsync(Guid id, CancellationToken cancellationToken) =>
        await answers.FindAsync(id, cancellationToken) is { } one ? new AnsweredForm(await ForReadingAsync(one.DefinitionVersionId, one.FormPath, cancellationToken), one) : null;

    /// <summary>Returns what an engagement's client and staff have answered, latest first.</summary>
    public async Task<IReadOnlyList<AnsweredForm>> OfEngagementAsync(Guid engagement, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredAnswers> stored = await answers.ExecuteAsync(engagement, cancellationToken);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        List<AnsweredForm> forms = [];
        foreach (StoredAnswers one in stored)
            forms.Add(new AnsweredForm(await StaffForm.ExecuteAsync(connection, one.DefinitionVersionId, one.FormPath, onlyActive: false, cancellationToken), one));
        return forms;
    }
}
