using System.Security.Cryptography;
using System.Text;
using EngagementFlows.Server.Configuration;

namespace EngagementFlows.Server.Webhooks;

/// <summary>Secrets that we must be able to use again: kept in the database encrypted under the key file, each bound to its owner.</summary>
internal sealed class SealedSecrets(KeyFile keys)
{
    private const string Purpose = "webhooks";
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>Encrypts a secret; <paramref name="owner"/> names the row that it belongs to, and opens it only there.</summary>
    public string Seal(string owner, string secret)
    {
        byte[] plain = Encoding.UTF8.GetBytes(secret);
        byte[] nonce = RandomNumberGenerator.GetBytes(NonceLength);
        byte[] cipher = new byte[plain.Length];
        byte[] tag = new byte[TagLength];
        using AesGcm aes = new(keys.DeriveCurrent(Purpose), TagLength);
        aes.Encrypt(nonce, plain, cipher, tag, Encoding.UTF8.GetBytes(owner));
        return $"{keys.CurrentId}:{Convert.ToBase64String([.. nonce, .. tag, .. cipher])}";
    }

    /// <summary>Decrypts a secret.</summary>
    /// <exception cref="CryptographicException">The key file does not hold its key any more, or it was sealed for another owner.</exception>
    public string Open(string owner, string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string keyId = text[..colon];
        byte[] key = keys.Derive(keyId, Purpose)
            ?? throw new CryptographicException($"The secret of '{owner}' is encrypted under key '{keyId}', which the key file does not hold. Put the old key back into the file, or make a new secret.");
        ReadOnlySpan<byte> whole = Convert.FromBase64String(text[(colon + 1)..]);
        byte[] plain = new byte[whole.Length - NonceLength - TagLength];
        using AesGcm aes = new(key, TagLength);
        aes.Decrypt(whole[..NonceLength], whole[(NonceLength + TagLength)..], whole[NonceLength..(NonceLength + TagLength)], plain, Encoding.UTF8.GetBytes(owner));
        return Encoding.UTF8.GetString(plain);
    }
}
