using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Postgres.Meetings;

namespace EngagementFlows.Server.Api;

/// <summary>A single meeting of an engagement.</summary>
internal sealed record NewMeetingRequest
{
    private const int LongestText = 2_000;

    /// <summary>Gets what it is, in a line of English; must be given.</summary>
    public string? Title { get; init; }

    /// <summary>Gets the same in Chinese; left out = as in English.</summary>
    public string? TitleZh { get; init; }

    /// <summary>Gets what will be talked about.</summary>
    public string? Agenda { get; init; }

    /// <summary>Gets the same in Chinese; left out = as in English.</summary>
    public string? AgendaZh { get; init; }

    /// <summary>Gets client (the contact is invited too) or internal (staff alone); left out = client.</summary>
    public string? Audience { get; init; }

    /// <summary>Gets members of staff who are invited besides owner and architect.</summary>
    public IReadOnlyList<Guid>? Colleagues { get; init; }

    /// <summary>Gets when it begins: an instant with its offset; must be given.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Gets how long it takes, 5 to 720 minutes; left out = 60.</summary>
    public int? Minutes { get; init; }

    /// <summary>Gets where it takes place.</summary>
    public string? Place { get; init; }

    /// <summary>Gets what the invitation says besides.</summary>
    public string? Message { get; init; }

    /// <summary>Returns the meeting.</summary>
    /// <exception cref="BadHttpRequestException">A member is missing, too long, or not one of those that are known.</exception>
    public Meeting ToMeeting(Guid id, Guid engagement, string zone)
    {
        TextRules.Require("title", Title, TextRule.NameLength);
        foreach ((string name, string? text) in new[] { ("title", Title), ("titleZh", TitleZh) })
        {
            if (text is not null && TextRule.FaultOfLine(text, TextRule.NameLength) is { } fault)
                throw new BadHttpRequestException($"'{name}' cannot be used: {fault}.");
        }

        foreach ((string name, string? text) in new[] { ("agenda", Agenda), ("agendaZh", AgendaZh), ("message", Message) })
        {
            TextRules.Limit(name, text, LongestText);
            if (text is not null && TextRule.FaultOfText(text, LongestText) is { } fault)
                throw new BadHttpRequestException($"'{name}' cannot be used: {fault}.");
        }

        string? place = Blank(Place);
        if (MeetingRules.FaultOfPlace(place) is { } wrong)
            throw new BadHttpRequestException($"'place' cannot be used: {wrong}.");
        if (Audience is not (null or "client" or "internal"))
            throw new BadHttpRequestException($"'audience' is '{Audience}'. It must be client or internal.");
        if (StartsAt is not { } startsAt)
            throw new BadHttpRequestException("'startsAt' is missing. It must be an instant with its offset, such as 2026-03-02T10:00:00+08:00.");
        if (Minutes is < MeetingRules.LeastMinutes or > MeetingRules.MostMinutes)
            throw new BadHttpRequestException($"'minutes' is {Minutes}. It must be from {MeetingRules.LeastMinutes} to {MeetingRules.MostMinutes}; left out, the meeting takes an hour.");
        if (Colleagues is { Count: > MostColleagues })
            throw new BadHttpRequestException($"'colleagues' names {Colleagues.Count} people. At most {MostColleagues} are invited besides owner and architect.");
        string? agenda = Blank(Agenda) ?? Blank(AgendaZh);
        return new()
        {
            Id = id,
            EngagementId = engagement,
            Title = new(Title!.Trim(), Blank(TitleZh) ?? Title.Trim()),
            Agenda = agenda is null ? null : new(agenda, Blank(AgendaZh) ?? agenda),
            Audience = Audience == "internal" ? MeetingAudience.Internal : MeetingAudience.Client,
            Place = place,
            StartsAt = startsAt.ToUniversalTime(),
            EndsAt = startsAt.ToUniversalTime().AddMinutes(Minutes ?? 60),
            Zone = zone,
        };
    }

    /// <summary>How many colleagues may be invited besides: more are not shown by any calendar, and the store takes 50 in all.</summary>
    private const int MostColleagues = 40;

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
