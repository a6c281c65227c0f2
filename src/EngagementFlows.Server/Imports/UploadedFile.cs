namespace EngagementFlows.Server.Imports;

/// <summary>A file that somebody uploaded with a form.</summary>
/// <param name="Name">Its name as the browser tells it: what may be believed of it says <see cref="NameOf"/>.</param>
/// <param name="Content">Its bytes; at least one.</param>
internal sealed record UploadedFile(string Name, byte[] Content)
{
    /// <summary>What a form's frame around the file may take, in bytes.</summary>
    public const int FormBytes = 64 * 1024;

    private const int MostNameCharacters = 200;

    /// <summary>Reads the form's field <c>file</c>; <see langword="null"/> if there is none or it is empty.</summary>
    public static async Task<UploadedFile?> ReadAsync(IFormCollection form, CancellationToken cancellationToken) =>
        form.Files.GetFile("file") is { Length: > 0 } file ? new(file.FileName, await BytesAsync(file, cancellationToken)) : null;

    /// <summary>Reads a file of a form into memory; how large it may be is the limit of the request.</summary>
    public static async Task<byte[]> BytesAsync(IFormFile file, CancellationToken cancellationToken)
    {
        byte[] content = new byte[file.Length];
        await using Stream stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(content, cancellationToken);
        return content;
    }

    /// <summary>Returns the file's name: never a path, and one line; it is shown and nothing else.</summary>
    public static string NameOf(string? fileName, string otherwise)
    {
        string name = fileName?.Split('/', '\\')[^1].Trim() ?? "";
        name = new string([.. name.Where(unit => !char.IsControl(unit) && !char.IsSurrogate(unit))]);
        return name.Length == 0 ? otherwise : name.Length <= MostNameCharacters ? name : name[..MostNameCharacters];
    }
}
