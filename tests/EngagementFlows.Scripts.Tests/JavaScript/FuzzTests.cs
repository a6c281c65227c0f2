using EngagementFlows.Scripts.JavaScript;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Scripts.Tests.JavaScript;

/// <summary>Mutated snippets and noise: nothing but results and clean faults comes out.</summary>
public sealed class FuzzTests
{
    private static readonly string[] s_pieces =
    [
        "(", ")", "{", "}", "[", "]", "`", "${", "'", "\"", "/", "\\", "=>", "...", "?.", "??", "=", ";", ",", ":", "#x", "async ", "await ", "yield ", "function ",
        "class ", "let ", "const ", "for(", "of ", "in ", "new ", "super", "this", "return ", "static ", "get ", "\u2028", "\ud800", "\0", "0x", "1e", "/*", "//", "*", "@",
    ];

    private static readonly ScriptLimits s_small = new() { Steps = 20_000, AllocatedBytes = 2 * 1024 * 1024, StringLength = 100_000, ArrayLength = 10_000 };

    [Fact]
    public void PrepareAndRun_MutatedCorpus_GivesResultOrFault()
    {
        string[] snippets = [.. CorpusTests.TopicNames().SelectMany(topic => CorpusTests.Lines(topic + ".js"))];
        Gen<string> mutated =
            from first in Gen.Elements(snippets)
            from second in Gen.Elements(snippets)
            from cut in Gen.Choose(0, first.Length)
            from length in Gen.Choose(0, 5)
            from piece in Gen.Elements(s_pieces)
            from kind in Gen.Choose(0, 3)
            select kind switch
            {
                0 => first.Insert(cut, piece),
                1 => first.Remove(cut, Math.Min(length, first.Length - cut)),
                2 => first[..cut] + second,
                _ => first[..cut] + piece + second[Math.Min(cut, second.Length)..],
            };

        Prop.ForAll(mutated.ToArbitrary(), EndsCleanly).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void PrepareAndRun_Noise_GivesResultOrFault()
    {
        Gen<string> noise = Gen.Elements(s_pieces).ListOf().Select(pieces => string.Concat(pieces));
        Gen<string> units = Gen.Choose(0, 0xffff).Select(unit => (char)unit).ListOf().Select(chars => string.Concat(chars));

        Prop.ForAll(Gen.OneOf(noise, units).ToArbitrary(), EndsCleanly).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    private static void EndsCleanly(string source)
    {
        try
        {
            JavaScriptProgram.Prepare(source, ScriptTypes.None).Run(new RecordingHost(), new ScriptContext { Now = DateTimeOffset.UnixEpoch, Limits = s_small });
        }
        catch (ScriptException exception)
        {
            exception.Faults.Should().OnlyContain(fault => fault.Message.Length > 0 && fault.Line > 0 && fault.Column > 0 && fault.Kind.Length > 0);
        }
    }
}
