namespace EngagementFlows.Postgres.Personnel;

/// <summary>An engagement of the firm with itself that is to be opened.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind"><c>personnel</c> or <c>team</c>.</param>
/// <param name="Title">What its readers see.</param>
/// <param name="OwnerId">Whom a personnel file is about; who answers for a team.</param>
/// <param name="ReviewerId">Who reviews him, or <see langword="null"/> for a team without one.</param>
/// <param name="ThirdId">Whom flows call <c>third</c>, or <see langword="null"/>.</param>
/// <param name="Readers">The only persons who are shown anything of it; <see langword="null"/> = everybody of the firm, which a personnel file never is.</param>
public sealed record InternalEngagement(Guid Id, string Kind, string Title, Guid OwnerId, Guid? ReviewerId, Guid? ThirdId, IReadOnlyList<Guid>? Readers);

/// <summary>The firm as the client of what it does for itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Language">The language of its office.</param>
/// <param name="Zone">The zone of its office.</param>
public sealed record FirmAsClient(string Name, string Language, string Zone);

/// <summary>A personnel file, without anything that stands in it.</summary>
/// <param name="EngagementId">The file: the id of its engagement, and the correlation id of the flows that run for it.</param>
/// <param name="ClientId">The firm as a client.</param>
/// <param name="PersonId">Whom it is about.</param>
/// <param name="ReviewerId">Who reviews him.</param>
/// <param name="ThirdId">Who reads it beside these two.</param>
/// <param name="OpenedAt">Since when it is there.</param>
public sealed record PersonnelFile(Guid EngagementId, Guid ClientId, Guid PersonId, Guid ReviewerId, Guid ThirdId, DateTimeOffset OpenedAt);
