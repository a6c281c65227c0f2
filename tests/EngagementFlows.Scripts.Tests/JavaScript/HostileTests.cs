using EngagementFlows.Scripts.JavaScript;

namespace EngagementFlows.Scripts.Tests.JavaScript;

/// <summary>Scripts that mean harm: each ends within its budgets with the right fault, and the process lives.</summary>
public sealed class HostileTests
{
    private const string DeepArray = "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; ";

    [Theory]
    [InlineData("while (1);")]
    [InlineData("[1].map(() => { while (1); })")]
    [InlineData("[3, 2, 1].sort(() => { while (1); })")]
    [InlineData("JSON.stringify({ get a() { while (1); } })")]
    [InlineData("`${{ toString() { while (1); } }}`")]
    [InlineData("while (1) try { throw 1 } catch {}")]
    [InlineData("while (1) try { null.x } catch {}")]
    [InlineData("label: for (;;) { continue label }")]
    [InlineData("const s = 'a'.repeat(2e6); let n = 0; while (1) n += s.indexOf('b')")]
    [InlineData("const s = 'a'.repeat(1e6) + 'b'; let n = 0; while (1) n += s.lastIndexOf('b'.repeat(1000))")]
    [InlineData("let c = 0; while (1) (5e-324).toPrecision(100).length")]
    [InlineData("const a = Array(1e6); while (1) a.indexOf(1)")]
    [InlineData("let a = []; for (let i = 0; i < 3e5; i++) a.unshift(i)")]
    [InlineData("let o = {}; for (let i = 0; i < 1e5; i++) o = Object.setPrototypeOf([], o); o.x")]
    public void Run_EndlessWork_EndsAtSteps(string source) => KindOf(source).Should().Be("Steps");

    [Theory]
    [InlineData("function* g() { while (1) yield 1 } for (const x of g());")]
    [InlineData("async function f() { while (1) await 1 } f()")]
    [InlineData("let m = new Map(); for (let i = 0; ; i++) m.set(i, i)")]
    [InlineData("let s = ''; for (let i = 0; i < 1e6; i++) { s += 'x'; s.charCodeAt(0) }")]
    [InlineData("const s = 'a'.repeat(1e6); while (1) s.replaceAll('a', 'bb')")]
    [InlineData("let o = {}; for (let i = 0; i < 1e6; i++) o['k' + i] = i;")]
    [InlineData("[...'a'.repeat(4000000).matchAll(/a/g)].length")]
    [InlineData("let f = () => 1; for (let i = 0; i < 1e5; i++) f = f.bind(); f()")]
    [InlineData("while (1) Object.getOwnPropertyNames(globalThis)")]
    public void Run_EndlessMemory_EndsAtBytes(string source) => KindOf(source).Should().BeOneOf("AllocatedBytes", "Steps");

    [Theory]
    [InlineData("function r() { return r() } r()")]
    [InlineData("const o = { get a() { return this.a } }; o.a")]
    [InlineData("const o = { toJSON() { return JSON.stringify(this) } }; JSON.stringify(o)")]
    [InlineData("const o = { [Symbol.toPrimitive]() { return +this } }; +o")]
    [InlineData("const h = x => { try { h(x) } finally { h(x) } }; h(1)")]
    [InlineData("class A { constructor() { new A() } } new A()")]
    [InlineData("(function f() { f.apply(null, arguments) })()")]
    [InlineData("const f = () => [1].map(f); f()")]
    [InlineData("function* g() { yield* g() } [...g()]")]
    [InlineData("async function f() { await f() } f()")]
    public void Run_EndlessRecursion_EndsAtCallDepth(string source) => KindOf(source).Should().Be("CallDepth");

    [Theory]
    [InlineData("'x'.repeat(1e9)")]
    [InlineData("'x'.padEnd(1e9)")]
    [InlineData("let s = 'x'; while (1) s += s")]
    [InlineData("`${'x'.repeat(4e6)}${'x'.repeat(4e6)}`")]
    [InlineData("let a = []; a.length = 1e6; a.join('x'.repeat(30))")]
    public void Run_LongString_EndsAtStringLength(string source) => KindOf(source).Should().Be("StringLength");

    [Theory]
    [InlineData("new Array(4e9)")]
    [InlineData("[].length = 2e6")]
    [InlineData("Array.from({ length: 1e9 })")]
    [InlineData("new Uint8Array(1e9)")]
    [InlineData("let a = []; for (;;) a.push(a)")]
    [InlineData("let a = []; a[2e6] = 1")]
    public void Run_LongArray_EndsAtArrayLength(string source) => KindOf(source).Should().Be("ArrayLength");

    [Theory]
    [InlineData(DeepArray + "JSON.stringify(a)")]
    [InlineData(DeepArray + "String(a)")]
    [InlineData(DeepArray + "a.flat(Infinity)")]
    [InlineData(DeepArray + "structuredClone(a)")]
    [InlineData(DeepArray + "a")]
    [InlineData("JSON.parse('['.repeat(100000))")]
    public void Run_DeepValue_EndsAtNesting(string source) => KindOf(source).Should().Be("Nesting");

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("{", "}")]
    [InlineData("!", "1")]
    [InlineData("x=>", "1")]
    [InlineData("`${", "}`")]
    [InlineData("if(1)", ";")]
    [InlineData("1+(", ")")]
    [InlineData("a?.[", "]")]
    [InlineData("new ", "a")]
    [InlineData("f(", ")")]
    [InlineData("async()=>", "1")]
    [InlineData("({a:", "})")]
    [InlineData("function f(){", "}")]
    [InlineData("class A{x=", "}")]
    [InlineData("- ", "1")]
    public void Prepare_DeepSource_IsNestingOrSyntaxFault(string open, string close)
    {
        string source = string.Concat(Enumerable.Repeat(open, 10_000)) + string.Concat(Enumerable.Repeat(close, 10_000));

        KindOf(source).Should().BeOneOf("Nesting", "Syntax");
    }

    [Fact]
    public void Prepare_LongChains_AreNestingFaults()
    {
        KindOf("let a = {};" + string.Concat(Enumerable.Repeat("a.b.", 1)) + string.Join('.', Enumerable.Repeat("c", 50_000))).Should().Be("Nesting");
        KindOf(string.Join('+', Enumerable.Repeat("1", 50_000))).Should().Be("Nesting");
    }

    [Theory]
    [InlineData("/(a+)+$/.test('a'.repeat(40) + '!')")]
    [InlineData("/^(([a-z])+.)+[A-Z]([a-z])+$/.test('a'.repeat(60))")]
    [InlineData("/(x+x+)+y/.test('x'.repeat(40))")]
    [InlineData("/(.*)*\\1x/.test('a'.repeat(5000))")]
    public void Run_CatastrophicExpression_EndsAtMatchTimeout(string source) => KindOf(source).Should().BeOneOf("MatchTimeout", "Steps", "AllocatedBytes");

    [Theory]
    [InlineData("Function('return 1')()")]
    [InlineData("new Function('return 1')")]
    [InlineData("eval('1')")]
    [InlineData("import('fs')")]
    [InlineData("import fs from 'fs'")]
    [InlineData("with (a) {}")]
    [InlineData("1n")]
    [InlineData("BigInt(1)")]
    [InlineData("new Proxy({}, {})")]
    [InlineData("setTimeout(() => 1)")]
    [InlineData("new Float64Array(1)")]
    [InlineData("async function* g() {}")]
    public void Prepare_WhatIsLeftOut_IsSyntaxFault(string source) => KindOf(source).Should().Be("Syntax");

    [Theory]
    [InlineData("(() => {}).constructor('return 1')()")]
    [InlineData("(function* () {}).constructor('yield 1')")]
    [InlineData("(async () => {}).constructor('1')")]
    [InlineData("[].constructor.constructor('return 1')()")]
    [InlineData("Reflect.get(Math.max, 'constructor')('return this')()")]
    public void Run_CodeFromText_IsTypeError(string source) => KindOf(source).Should().Be("TypeError");

    [Theory]
    [InlineData("Array.prototype.x = 1")]
    [InlineData("Object.prototype.y = 1")]
    [InlineData("({}).__proto__.z = 1")]
    [InlineData("Math.max = () => 1")]
    [InlineData("delete Array.prototype.map")]
    [InlineData("Object.defineProperty(String.prototype, 'x', { value: 1 })")]
    [InlineData("Object.setPrototypeOf(Array.prototype, null)")]
    [InlineData("Array = 1")]
    [InlineData("globalThis.Object = 1")]
    public void Run_ChangeOfIntrinsic_IsTypeError(string source) => KindOf(source).Should().Be("TypeError");

    [Theory]
    [InlineData("GetType")]
    [InlineData("System")]
    [InlineData("importNamespace")]
    [InlineData("clrHelper")]
    [InlineData("process")]
    [InlineData("require")]
    public void Run_NameOfHostPlatform_IsReferenceError(string source) => KindOf(source).Should().Be("ReferenceError");

    [Fact]
    public void Run_WalkFromEveryIntrinsic_FindsNoFieldOfTheHost()
    {
        const string walk = """
            const seen = new Set(), open = [globalThis], names = new Set();
            while (open.length) {
              const o = open.pop();
              if (o === null || (typeof o !== 'object' && typeof o !== 'function') || seen.has(o)) continue;
              seen.add(o);
              open.push(Object.getPrototypeOf(o));
              for (const key of Reflect.ownKeys(o)) {
                names.add(String(key));
                const d = Object.getOwnPropertyDescriptor(o, key);
                open.push(d.value, d.get, d.set);
              }
            }
            return [...names];
            """;

        PlainList names = (PlainList)JavaScriptProgram.Prepare(walk, ScriptTypes.None).Run(new RecordingHost(), Context)!;

        names.Should().HaveCountGreaterThan(300).And.NotContain(["GetType", "Equals", "GetHashCode", "ToString", "System"]);
    }

    [Theory]
    [InlineData("new Promise(() => {})")]
    [InlineData("let p = Promise.resolve(); function n() { p = p.then(n); return p } n()")]
    public void Run_PromiseThatNeverSettles_IsFaultOfItsOwn(string source) => KindOf(source).Should().Be("NeverSettles");

    [Fact]
    public void Run_EndlessPrinting_EndsAtOutputLength() => KindOf("for (;;) print('x'.repeat(1000))").Should().Be("OutputLength");

    [Fact]
    public void Run_HundredAtOnce_EachGivesItsOwnResult()
    {
        JavaScriptProgram program = JavaScriptProgram.Prepare("let s = 0; for (let i = 0; i < 1000; i++) s += i; const o = { s }; o.s", ScriptTypes.None);

        object?[] results = new object?[100];
        Parallel.For(0, results.Length, i => results[i] = program.Run(new RecordingHost(), Context));

        results.Should().AllSatisfy(result => result.Should().Be(499500d));
    }

    private static ScriptContext Context => new() { Now = DateTimeOffset.UnixEpoch };

    private static string KindOf(string source)
    {
        Func<object?> run = () => JavaScriptProgram.Prepare(source, ScriptTypes.None).Run(new RecordingHost(), Context);
        return run.Should().Throw<ScriptException>().Which.Fault.Kind;
    }
}
