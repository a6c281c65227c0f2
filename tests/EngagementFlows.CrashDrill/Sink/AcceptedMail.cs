using System.Text.Json;

namespace EngagementFlows.CrashDrill.Sink;

/// <summary>A message that the sink took, as its record holds it.</summary>
/// <param name="EffectKey">The message's effect key; it begins with the instance's id.</param>
/// <param name="To">The recipient of the envelope.</param>
/// <param name="Link">The token of the client's link in it, or <see langword="null"/>.</param>
/// <param name="TaskId">The task whose page it names, or <see langword="null"/>.</param>
internal sealed record AcceptedMail(string EffectKey, string To, string? Link, Guid? TaskId)
{
    /// <summary>Gets the instance that wanted it; <see cref="Guid.Empty"/> if the key is not one of ours.</summary>
    public Guid InstanceId => EffectKey.Length >= 32 && Guid.TryParseExact(EffectKey[..32], "N", out Guid id) ? id : Guid.Empty;

    /// <summary>Returns the line of the record.</summary>
    public string ToLine() => JsonSerializer.Serialize(this);

    /// <summary>Reads a line of the record.</summary>
    public static AcceptedMail FromLine(string line) => JsonSerializer.Deserialize<AcceptedMail>(line)!;
}
