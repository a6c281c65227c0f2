using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using EngagementFlows.Postgres.Accounts;
using EngagementFlows.Server.Configuration;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace EngagementFlows.Server.Security;

/// <summary>Keeps the framework's keys in the database, so that cookies hold across processes and restarts.</summary>
internal sealed class DatabaseKeyRing(ListDataProtectionKeys list, AddDataProtectionKey add) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. list.Execute().Select(xml => XElement.Parse(xml))];

    public void StoreElement(XElement element, string friendlyName) =>
        add.Execute(friendlyName, element.ToString(SaveOptions.DisableFormatting));
}

/// <summary>Encrypts those keys under the key file before they reach the database.</summary>
internal sealed class KeyRingEncryptor(KeyFile keys) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        byte[] plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        byte[] nonce = RandomNumberGenerator.GetBytes(KeyRingDecryptor.NonceLength);
        byte[] cipher = new byte[plain.Length];
        byte[] tag = new byte[KeyRingDecryptor.TagLength];
        using AesGcm aes = new(keys.DeriveCurrent(KeyRingDecryptor.Purpose), KeyRingDecryptor.TagLength);
        aes.Encrypt(nonce, plain, cipher, tag);
        CryptographicOperations.ZeroMemory(plain);
        XElement element = new(
            "encryptedByKeyFile", new XAttribute("key", keys.CurrentId), Convert.ToBase64String([.. nonce, .. tag, .. cipher]));
        return new EncryptedXmlInfo(element, typeof(KeyRingDecryptor));
    }
}

/// <summary>The way back; the framework makes it by its stored type name.</summary>
internal sealed class KeyRingDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public const string Purpose = "data-protection";
    public const int NonceLength = 12;
    public const int TagLength = 16;

    public XElement Decrypt(XElement encryptedElement)
    {
        string keyId = (string?)encryptedElement.Attribute("key") ?? "";
        byte[] key = services.GetRequiredService<KeyFile>().Derive(keyId, Purpose)
            ?? throw new CryptographicException($"A stored session key is encrypted under key '{keyId}', which the key file does not hold. Put the old key back into the file; sessions made under it end otherwise.");
        ReadOnlySpan<byte> sealedKey = Convert.FromBase64String(encryptedElement.Value);
        byte[] plain = new byte[sealedKey.Length - NonceLength - TagLength];
        using AesGcm aes = new(key, TagLength);
        aes.Decrypt(sealedKey[..NonceLength], sealedKey[(NonceLength + TagLength)..], sealedKey[NonceLength..(NonceLength + TagLength)], plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}
