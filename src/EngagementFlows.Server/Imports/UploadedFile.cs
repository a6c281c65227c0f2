namespace EngagementFlows.Server.Imports;

/// <summary>What may be believed of an uploaded file.</summary>
internal static class UploadedFile
{
    private const int MostNameCharacters = 200;

    /// <summary>Returns the file's name: never a path, and one line; it is shown and nothing else.</summary>
    public static string NameOf(string? fileName, string otherwise)
    {
        string name = fileName?.Split('/', '\\')[^1].Trim() ?? "";
        name = new string([.. name.Where(unit => !char.IsControl(unit) && !char.IsSurrogate(unit))]);
        return name.Length == 0 ? otherwise : name.Length <= MostNameCharacters ? name : name[..MostNameCharacters];
    }
}
