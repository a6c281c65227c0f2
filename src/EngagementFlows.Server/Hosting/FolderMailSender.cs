using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Server.Configuration;

namespace EngagementFlows.Server.Hosting;

/// <summary>Transport <c>folder</c>: each mail becomes an .eml file, which mail programs open; nothing leaves the machine.</summary>
internal sealed class FolderMailSender(LoadOutgoingMail load, ServerOptions options) : IEffectSender
{
    public string Kind => "mail";

    /// <summary>Gets the folder in which files lie until somebody moves them to their place; <see langword="null"/> = they are written there.</summary>
    public string? Draft { get; init; }

    public async Task<SendOutcome> SendAsync(ClaimedEffect effect, Func<CancellationToken, Task<bool>> begin, CancellationToken cancellationToken)
    {
        OutgoingMail? mail;
        try
        {
            mail = await load.ExecuteAsync(effect.Id, cancellationToken);
        }
        catch (FormatException fault)
        {
            return new SendRejected(fault.Message);
        }

        if (mail is null)
            return new SendRejected($"The mail '{effect.Id}' is not stored (any more).");
        if (!await begin(cancellationToken))
            return new SendLeft();
        string folder = Draft ?? options.Mail.Folder;
        Directory.CreateDirectory(folder);
        string name = $"{effect.Id:D}.eml";
        string path = Path.Combine(folder, name);
        // Readers of the folder never see half a mail.
        string draft = path + ".draft";
        await File.WriteAllBytesAsync(draft, mail.Bytes, CancellationToken.None);
        File.Move(draft, path, overwrite: true);
        return new SendAccepted($"written to {Path.Combine(options.Mail.Folder, name)}");
    }
}
