using System.Text;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Activities.Http;

/// <summary>What an HttpEndpoint takes: sizes, and the kinds of files. Pure.</summary>
internal static class HttpRequestLimits
{
    /// <summary>Returns which limit of the activity a request breaks first; <see langword="null"/> if none.</summary>
    public static HttpBreach? Find(ActivityContext context, PlainObject request)
    {
        if (context.Input("requestSizeLimit") is long most && request["size"] is long size && size > most)
            return new("Request too large", "exposeRequestTooLargeOutcome", 413, $"The request has {size} bytes; at most {most} are taken here.");
        PlainObject[] files = [.. (request["files"] as PlainList ?? []).OfType<PlainObject>()];
        foreach (PlainObject file in files)
        {
            if (context.Input("fileSizeLimit") is long mostOfFile && file["size"] is long bytes && bytes > mostOfFile)
                return new("File too large", "exposeFileTooLargeOutcome", 413, $"The file '{file["fileName"]}' has {bytes} bytes; at most {mostOfFile} are taken here.");
        }

        string[] allowed = Texts(context, "allowedFileExtensions");
        string[] blocked = Texts(context, "blockedFileExtensions");
        foreach (PlainObject file in files)
        {
            string extension = Extension(file);
            if (blocked.Any(one => Same(one, extension)) || (allowed.Length > 0 && !allowed.Any(one => Same(one, extension))))
                return new("Invalid file extension", "exposeInvalidFileExtensionOutcome", 415, $"Files like '{file["fileName"]}' are not taken here.{Allowed(allowed)}");
        }

        string[] types = Texts(context, "allowedMimeTypes");
        foreach (PlainObject file in files)
        {
            string type = (file["contentType"] as string ?? string.Empty).Split(';')[0].Trim();
            if (types.Length > 0 && !types.Any(one => one.Trim().Equals(type, StringComparison.OrdinalIgnoreCase)))
                return new("Invalid file MIME type", "exposeInvalidFileMimeTypeOutcome", 415, $"The file '{file["fileName"]}' is of type '{type}', which is not taken here.{Allowed(types)}");
        }

        return null;
    }

    private static string[] Texts(ActivityContext context, string input) =>
        [.. (context.Input(input) as PlainList ?? []).OfType<string>().Where(text => !string.IsNullOrWhiteSpace(text))];

    private static string Extension(PlainObject file)
    {
        string name = file["fileName"] as string ?? string.Empty;
        int dot = name.LastIndexOf('.');
        return dot < 0 ? string.Empty : name[(dot + 1)..];
    }

    private static bool Same(string extension, string found) => extension.Trim().TrimStart('.').Equals(found, StringComparison.OrdinalIgnoreCase);

    private static string Allowed(string[] allowed) => allowed.Length == 0 ? string.Empty : $" Taken are: {string.Join(", ", allowed)}.";
}

/// <summary>A limit that a request breaks.</summary>
/// <param name="Outcome">Where the flow goes on if the activity shows this outcome.</param>
/// <param name="Flag">The property of the activity that says whether it does.</param>
/// <param name="Status">The answer's status if it does not.</param>
/// <param name="Message">The answer's sentence.</param>
internal sealed record HttpBreach(string Outcome, string Flag, int Status, string Message)
{
    public bool IsExposed(ActivityNode node) => node.Json.Flag(Flag) == true;

    /// <summary>Returns the answer to the caller, Problem Details.</summary>
    public HttpResponseWritten Answer() => new(
        Status,
        Encoding.UTF8.GetBytes(PlainJson.Write(new PlainObject { ["title"] = Outcome, ["status"] = (long)Status, ["detail"] = Message })),
        "application/problem+json",
        new PlainObject());
}
