using System.Reflection;

namespace EngagementFlows.Engagements.Forms;

/// <summary>The forms that belong to the product, not to a process.</summary>
public static class BuiltInForms
{
    /// <summary>How a client answers an invitation: that he comes, or when he would rather.</summary>
    public const string MeetingAnswer = "built-in/meeting-answer.json";

    /// <summary>The names of figures, for a document that is made of them.</summary>
    public const string Figures = "built-in/figures.json";

    /// <summary>Gets the paths of all.</summary>
    public static IReadOnlyList<string> All { get; } = [MeetingAnswer, Figures];

    /// <summary>Returns the file of a form; <see langword="null"/> if the path is not one of the product's.</summary>
    public static byte[]? Find(string path)
    {
        if (!All.Contains(path, StringComparer.Ordinal))
            return null;
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(path)
            ?? throw new InvalidOperationException($"EngagementFlows bug: the form '{path}' is not built in.");
        using MemoryStream content = new();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
