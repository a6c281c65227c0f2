using EngagementFlows.Engagements.Documents;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engine.Values;
using EngagementFlows.Postgres.Documents;
using EngagementFlows.Postgres.Forms;
using EngagementFlows.Scripts;

namespace EngagementFlows.Server.Documents;

/// <summary>A version of a document, ready to be read.</summary>
/// <param name="Version">The version.</param>
/// <param name="Previous">The number of the version with which it is compared; <see langword="null"/> if it is the first that this reader is shown.</param>
/// <param name="Content">Its content in words, with what differs marked.</param>
/// <param name="Decisions">What was decided about it, in the order of time.</param>
internal sealed record ReadVersion(DocumentVersion Version, int? Previous, AnswerDocument Content, IReadOnlyList<VersionDecision> Decisions);

/// <summary>Reads versions of documents for whoever shows them; who may see them is decided by the page.</summary>
internal sealed class DocumentReader(ReadDocuments documents, ReadForms forms)
{
    /// <summary>Returns the version beside an older one; <see langword="null"/> if there is none of that id.</summary>
    /// <param name="id">The version's id.</param>
    /// <param name="link">The link by which a client reads: older is what he was asked about before, and nothing that stayed inside; <see langword="null"/> for staff, who see each version beside the one before it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ReadVersion?> FindAsync(Guid id, Guid? link, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(id, cancellationToken) is not { } version)
            return null;
        DocumentVersion? previous = link is { } asked ? await documents.ShownBeforeAsync(asked, cancellationToken) : await documents.PreviousAsync(id, cancellationToken);
        // Names of staff stand in it as they were chosen; nobody is offered for a choice.
        FormDefinition form = await forms.ForReadingAsync(version.DefinitionVersionId, version.FormPath, cancellationToken);
        return new(
            version,
            previous?.Number,
            AnswerDocument.Of(form, Content(version), previous is null ? null : Content(previous)),
            await documents.DecisionsAsync(id, cancellationToken));
    }

    private static PlainObject Content(DocumentVersion version) => (PlainObject)PlainJson.Parse(version.Content)!;
}
