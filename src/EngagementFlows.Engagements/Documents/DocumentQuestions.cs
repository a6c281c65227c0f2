using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engagements.Documents;

/// <summary>Asks which version of a document of an engagement is the newest.</summary>
/// <param name="EngagementId">The engagement.</param>
/// <param name="Kind">Which of its documents.</param>
public sealed record NewestVersionAsked(Guid EngagementId, string Kind) : Question<NewestVersion>
{
    /// <inheritdoc/>
    public override bool TryAnswer(IReadOnlyList<Effect> effects, out object? answer)
    {
        VersionProposed? newest = effects.OfType<VersionProposed>().LastOrDefault(version => version.EngagementId == EngagementId && version.Kind == Kind);
        answer = newest is null ? null : new NewestVersion(newest.Number, newest.ContentHash);
        return newest is not null;
    }
}

/// <summary>The newest version of a document.</summary>
/// <param name="Number">Its number; 0 = there is none.</param>
/// <param name="ContentHash">Its fingerprint; <see langword="null"/> if there is none.</param>
public sealed record NewestVersion(int Number, string? ContentHash);

/// <summary>Asks where a version stands. Whether a newer one was proposed in the same burst is told by <see cref="NewestVersionAsked"/>.</summary>
/// <param name="VersionId">The version.</param>
public sealed record VersionAsked(Guid VersionId) : Question<VersionStanding>
{
    /// <inheritdoc/>
    public override bool TryAnswer(IReadOnlyList<Effect> effects, out object? answer)
    {
        answer = effects.OfType<VersionFrozen>().FirstOrDefault(version => version.Version.VersionId == VersionId)?.Version
            ?? effects.OfType<VersionProposed>().Where(version => version.VersionId == VersionId)
                .Select(version => new VersionStanding(version.VersionId, version.EngagementId, version.Kind, version.Number, DocumentState.Proposed)).FirstOrDefault();
        return answer is not null;
    }
}

/// <summary>Where a version stands.</summary>
/// <param name="VersionId">Its id.</param>
/// <param name="EngagementId">Its engagement.</param>
/// <param name="Kind">Which document.</param>
/// <param name="Number">Its number.</param>
/// <param name="State">Its state.</param>
public sealed record VersionStanding(Guid VersionId, Guid EngagementId, string Kind, int Number, DocumentState State);

/// <summary>Asks for the version of a document that is in force: the newest that was frozen.</summary>
/// <param name="EngagementId">The engagement.</param>
/// <param name="Kind">Which of its documents.</param>
public sealed record VersionInForceAsked(Guid EngagementId, string Kind) : Question<VersionInForce?>
{
    /// <inheritdoc/>
    public override bool TryAnswer(IReadOnlyList<Effect> effects, out object? answer)
    {
        answer = null;
        if (effects.OfType<VersionFrozen>().LastOrDefault(frozen => frozen.Version.EngagementId == EngagementId && frozen.Version.Kind == Kind)?.Version is not { } version)
            return false;
        VersionProposed? proposed = effects.OfType<VersionProposed>().FirstOrDefault(one => one.VersionId == version.VersionId);
        // The store has the content of one that was proposed earlier, but does not know yet that it is frozen.
        answer = proposed is null
            ? new Unanswerable($"Version {version.Number} of '{Kind}' is being signed off in this very step. Retry when it is stored, or put a step that waits before this one.")
            : new VersionInForce(version.VersionId, version.Number, proposed.Content);
        return true;
    }
}

/// <summary>A version that is in force.</summary>
/// <param name="VersionId">Its id.</param>
/// <param name="Number">Its number.</param>
/// <param name="Content">Its content as JSON.</param>
public sealed record VersionInForce(Guid VersionId, int Number, string Content);
