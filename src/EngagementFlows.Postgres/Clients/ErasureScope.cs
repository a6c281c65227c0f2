namespace EngagementFlows.Postgres.Clients;

/// <summary>Everything that belongs to a client who is to be erased.</summary>
/// <param name="Client">The client.</param>
/// <param name="ExternalId">The id under which files name him.</param>
/// <param name="Engagements">His engagements.</param>
/// <param name="Contacts">His contacts.</param>
/// <param name="Instances">What ran for him.</param>
/// <param name="Mails">What was written to him or about him.</param>
/// <param name="Words">His names, addresses, numbers and external ids, by which copies of them are found.</param>
internal sealed record ErasureScope(Guid Client, string ExternalId, Guid[] Engagements, Guid[] Contacts, Guid[] Instances, Guid[] Mails, string[] Words);
