using EngagementFlows.Postgres.Definitions;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>What becomes of a save.</summary>
internal enum SaveDecision
{
    /// <summary>It goes out from what is stored, or from an earlier save of the same page.</summary>
    Accept,

    /// <summary>A later save of the same page is stored already: this one is late, and nothing is to be done.</summary>
    Late,

    /// <summary>Somebody else has saved since the copy was loaded.</summary>
    Behind,
}

/// <summary>Which page saves, and how many times it has.</summary>
/// <param name="Id">The page, <see langword="null"/> if it does not say.</param>
/// <param name="Save">Its count of saves.</param>
internal sealed record EditorSave(string? Id, long? Save)
{
    private const string EditorHeader = "X-Editor";
    private const string SaveHeader = "X-Editor-Save";
    private const int Longest = 100;

    /// <summary>Gets a save of a program that does not say who it is.</summary>
    public static EditorSave Unknown { get; } = new(null, null);

    /// <summary>Reads the two headers; a request that has one of them or a broken one counts as having none.</summary>
    public static EditorSave Of(HttpRequest request)
    {
        string id = request.Headers[EditorHeader].ToString();
        return id.Length is > 0 and <= Longest && long.TryParse(request.Headers[SaveHeader], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long save)
            ? new(id, save)
            : Unknown;
    }

    /// <summary>Decides about a save. Pure.</summary>
    /// <param name="latest">The newest version of the definition.</param>
    /// <param name="loaded">The copy from which the save goes out; <see langword="null"/> = it does not say, and so could be of any age.</param>
    public SaveDecision On(DesignedVersion latest, LoadedStamp? loaded)
    {
        if (Id is not null && latest.Editor == Id)
            return Save > latest.EditorSave ? SaveDecision.Accept : SaveDecision.Late;
        return loaded is not null && loaded.VersionId == latest.Stored.Id && loaded.Revision == latest.Stored.Revision ? SaveDecision.Accept : SaveDecision.Behind;
    }
}
