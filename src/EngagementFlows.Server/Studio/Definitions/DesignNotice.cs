namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>What became of an act, for the designer's own page: the Studio has no words of its own for drafts that wait for another pair of eyes.</summary>
internal static class DesignNotice
{
    /// <summary>A changed draft is stored; not told, since the Studio saves all the time and says so itself.</summary>
    public const string Saved = "saved";

    /// <summary>There was nothing to store.</summary>
    public const string Unchanged = "unchanged";

    /// <summary>A later save of the same page is stored already.</summary>
    public const string Late = "late";

    /// <summary>It waits for somebody else to publish it.</summary>
    public const string Submitted = "submitted";

    /// <summary>It is published.</summary>
    public const string Published = "published";

    /// <summary>It is published no more, or waits no more.</summary>
    public const string Retracted = "retracted";

    /// <summary>Somebody else has saved since; nothing was written.</summary>
    public const string Conflict = "conflict";

    /// <summary>Nothing was done; the text says why.</summary>
    public const string Refused = "refused";

    /// <summary>A run was not started; the text says why.</summary>
    public const string CannotStart = "cannot-start";

    public static void Tell(HttpContext context, string notice, string? text = null)
    {
        if (notice == Saved)
            return;
        StudioNotice.Tell(context.Response, notice, text);
    }
}
