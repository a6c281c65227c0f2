using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Scripts.Tests.JavaScript;

/// <summary>Generated programs, run here and in Node: result, type and error class agree.</summary>
public sealed class DifferentialTests
{
    private static readonly string[] s_atoms = ["0", "-0", "1", "2.5", "-7", "NaN", "'a'", "'10'", "''", "true", "null", "undefined", "[1,2]", "[]", "({x:1})", "x", "y", "z", "f", "xs", "o"];
    private static readonly string[] s_binary = ["+", "-", "*", "/", "%", "<", ">=", "==", "===", "!=", "&&", "||", "??", "&", "|", "^", "<<", ">>>", ","];
    private static readonly string[] s_calls = ["String({0})", "Number({0})", "typeof {0}", "[{0},{1}].join()", "xs.map(e=>e+({0}))", "Math.max({0},{1})", "JSON.stringify({0})", "({0})?.length", "f({0},{1})", "({0})?({1}):x", "`${{0}}-${{1}}`", "[...xs,{0}]", "({{a:{0},...o}})", "isNaN({0})", "Object.keys({0}??{1}??{{}})", "(({0})??[]).toString()", "parseInt({0},10)", "[{0},{1}].flat().sort()", "!({0})", "({0}).nope.deeper"];
    private static readonly string[] s_statements = ["x={0};", "y+={0};", "if({0}){{x++}}else{{y={1}}}", "for(let i=0;i<3;i++){{z=[z,i,{0}].length}}", "try{{x={0}}}catch(e){{z=e.name}}", "xs.push({0});", "o.k={0};", "const q={0};xs=[q,q];", "for(const e of xs){{if(e==={0})break;y=e}}", "switch({0}){{case {1}:x='c';break;default:x='d'}}", "[x,y]=[{0},{1}];", "f=(a,b={0})=>[a,b].length;", "({{x,...o}}={{x:{0},r:1}});", "l:for(const a of [1,2]){{for(const b of [{0}]){{if(b)continue l}}z=a}}"];

    [Fact]
    public void Run_GeneratedPrograms_AgreeWithNode()
    {
        if (Node.Path is null)
            return;
        string[] programs = [.. Program().Sample(400, 12)];

        string output = Node.Run(string.Concat(programs.Select(program => JsonSerializer.Serialize(program) + "\n")), Path.Combine(CorpusTests.Folder(), "record.mjs"), ".", "--stdin");

        string[] expected = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        expected.Should().HaveSameCount(programs);
        List<string> differences = [];
        for (int i = 0; i < programs.Length; i++)
        {
            JsonObject actual = ScriptOutcome.Of(programs[i]);
            if (!ScriptOutcome.Same(actual, JsonNode.Parse(expected[i])))
                differences.Add($"{programs[i]}\n  Node: {expected[i]}\n  ours: {ScriptOutcome.Text(actual)}");
        }

        differences.Should().BeEmpty();
    }

    private static Gen<string> Program() =>
        from statements in Statement().ListOf(4)
        from last in Expression(3)
        select "let x=1,y='s',z=null,xs=[1,'b'],o={m:2},f=(a,b)=>a;" + string.Concat(statements.Select(statement => "{" + statement + "}")) + $"[x,y,z,xs,o,{last}]";

    private static Gen<string> Statement() =>
        from shape in Gen.Elements(s_statements)
        from a in Expression(2)
        from b in Expression(1)
        select Fill(shape, a, b);

    private static Gen<string> Expression(int depth)
    {
        Gen<string> atom = Gen.Elements(s_atoms);
        if (depth == 0)
            return atom;
        Gen<string> inner = Expression(depth - 1);
        Gen<string> binary =
            from op in Gen.Elements(s_binary)
            from left in inner
            from right in inner
            select op is "??" or "||" or "&&" ? $"(({left}){op}({right}))" : $"({left} {op} ({right}))";
        Gen<string> call =
            from shape in Gen.Elements(s_calls)
            from a in inner
            from b in inner
            select "(" + Fill(shape, a, b) + ")";
        return Gen.OneOf(atom, binary, call);
    }

    private static string Fill(string shape, string a, string b) =>
        shape.Replace("{{", "\u0001").Replace("}}", "\u0002").Replace("{0}", a).Replace("{1}", b).Replace("\u0001", "{").Replace("\u0002", "}");
}
