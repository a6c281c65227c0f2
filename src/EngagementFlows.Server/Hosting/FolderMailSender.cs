using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Server.Configuration;

namespace EngagementFlows.Server.Hosting;

/// <summary>Transport <c>folder</c>: each mail becomes an .eml file, which mail programs open; nothing leaves the machine.</summary>
internal sealed class FolderMailSender(LoadOutgoingMail load, ServerOptions options) : IEffectSender
{
    public string Kind => "mail";

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
        Directory.CreateDirectory(options.Mail.Folder);
        string path = Path.Combine(options.Mail.Folder, $"{effect.Id:D}.eml");
        // Readers of the folder never see half a mail.
        string draft = path + ".draft";
        await File.WriteAllBytesAsync(draft, mail.Bytes, CancellationToken.None);
        File.Move(draft, path, overwrite: true);
        return new SendAccepted($"written to {path}");
    }
}
