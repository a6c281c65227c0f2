using System.Text;
using EngagementFlows.Scripts.Liquid;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Scripts.Tests.Liquid;

/// <summary>Random templates end in text or in a clean fault, never in anything else.</summary>
public sealed class LiquidFuzzTests
{
    private static readonly string[] Pieces =
    [
        "{{", "}}", "{%", "%}", "{{-", "-}}", "{%-", "-%}", " ", "\n", "'", "\"", "|", ":", ",", ".", "..", "(", ")", "[", "]", "==", "<", ">=", "!=", "=", "#", "\\",
        "if", "elsif", "else", "endif", "unless", "endunless", "case", "when", "endcase", "for", "in", "endfor", "tablerow", "endtablerow", "cycle", "assign", "capture",
        "endcapture", "increment", "decrement", "comment", "endcomment", "raw", "endraw", "liquid", "echo", "render", "break", "continue", "limit", "offset", "reversed",
        "and", "or", "not", "contains", "empty", "blank", "nil", "true", "list", "name", "obj", "people", "n", "f", "forloop", "index", "size", "first", "0", "1", "-7", "2.5", "99999999999999999999",
        "upcase", "sort", "map", "where", "date", "split", "join", "slice", "truncate", "replace", "default", "json", "round", "divided_by", "times", "uniq", "escape", "keys", "part", "华", "😀", "\0", "\uD800",
    ];

    private static readonly PlainObject Model = CorpusTests.Model();

    private static readonly LiquidOptions[] Options =
    [
        LiquidOptions.Elsa with { Partials = new Dictionary<string, string> { ["part"] = "{{ name }}{% render 'part', name: n %}" } },
        LiquidOptions.Elsa with { StrictNames = true, StrictFilters = true, Encode = LiquidEncoding.Html },
    ];

    // Small budgets: the fuzzer is to see many templates, not to wait for them.
    private static readonly ScriptContext Context = Rendering.Context with { Limits = ScriptLimits.Default with { Steps = 100_000, AllocatedBytes = 4 * 1024 * 1024 } };

    [Fact]
    public void Render_RandomPieces_EndsCleanly()
    {
        Gen<string> sources = Gen.ArrayOf(Gen.Elements(Pieces)).Select(pieces => string.Join(' ', pieces));
        Check(sources, 3000);
    }

    [Fact]
    public void Render_RandomTags_EndsCleanly()
    {
        Gen<string> marks = Gen.ArrayOf(Gen.Elements(Pieces)).Select(pieces => $"{{% {string.Join(' ', pieces)} %}}");
        Gen<string> outputs = Gen.ArrayOf(Gen.Elements(Pieces)).Select(pieces => $"{{{{ {string.Join(' ', pieces)} }}}}");
        Check(Gen.ArrayOf(Gen.OneOf(marks, outputs)).Select(string.Concat), 2000);
    }

    [Fact]
    public void Render_MutatedCorpus_EndsCleanly()
    {
        string[] corpus = [.. CorpusTests.Templates()];
        Gen<string> mutants =
            from template in Gen.Elements(corpus)
            from other in Gen.Elements(corpus)
            from at in Gen.Choose(0, template.Length)
            from length in Gen.Choose(0, 5)
            from piece in Gen.Elements(Pieces)
            from way in Gen.Choose(0, 3)
            select Mutate(template, other, at, length, piece, way);
        Check(mutants, 6000);
    }

    [Fact]
    public void Render_AnyText_EndsCleanly() => Check(ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""), 2000);

    [Fact]
    public void Render_TextWithoutMarks_IsItself() => Prop.ForAll<NonNull<string>>(text =>
    {
        string plain = text.Get.Replace("{", "", StringComparison.Ordinal);
        return Rendering.Render(plain) == plain;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Render_AnyValueEncoded_HoldsNoMarks() => Prop.ForAll<NonNull<string>>(text =>
    {
        string html = Rendering.Render("{{ v }}", new PlainObject { ["v"] = text.Get }, new LiquidOptions { Encode = LiquidEncoding.Html });
        return html.IndexOfAny(['<', '>', '"', '\'']) < 0 && System.Net.WebUtility.HtmlDecode(html) == text.Get;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Render_SameTemplateTwice_GivesTheSame()
    {
        foreach (string template in CorpusTests.Templates())
            CorpusTests.RenderOrRefuse(template, Model, Options[0]).Should().Be(CorpusTests.RenderOrRefuse(template, Model, Options[0]));
    }

    private static string Mutate(string template, string other, int at, int length, string piece, int way) => way switch
    {
        0 => template.Remove(at, Math.Min(length, template.Length - at)),
        1 => template.Insert(at, piece),
        2 => template.Insert(at, other),
        _ => template[..at] + piece + template[Math.Min(template.Length, at + length)..],
    };

    private static void Check(Gen<string> sources, int count)
    {
        StringBuilder unclean = new();
        foreach (string source in Gen.Sample(sources, count))
        {
            foreach (LiquidOptions options in Options)
            {
                try
                {
                    LiquidTemplate.Prepare(source, options).Render(LiquidScope.Of(Model), Context);
                }
                catch (ScriptException fault)
                {
                    if (fault.Faults.Any(found => found.Line < 1 || found.Column < 1 || found.Message.Length == 0))
                        unclean.AppendLine($"{source}: a fault without place or message");
                }
#pragma warning disable CA1031 // Whatever it is, it must be seen with the template that caused it.
                catch (Exception other)
#pragma warning restore CA1031
                {
                    unclean.AppendLine($"{source}: {other}");
                }
            }
        }

        unclean.ToString().Should().BeEmpty();
    }
}
