using EngagementFlows.Scripts.JavaScript;

namespace EngagementFlows.Scripts.Tests.JavaScript;

/// <summary>The border: what goes in, what comes out, and what a program tells about itself.</summary>
public sealed class JavaScriptProgramTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Fact]
    public void Run_SharedObject_KeepsAssignedMembersAsPlainValues()
    {
        PlainObject variables = new() { ["Stage"] = "new", ["Client"] = new PlainObject { ["Name"] = "Ada" } };

        Run("variables.Stage = 'done'; variables.Client.Tags = ['a', { b: 1 }]; variables.Client.Name += '!'", ("variables", variables));

        variables["Stage"].Should().Be("done");
        PlainObject client = (PlainObject)variables["Client"]!;
        client["Name"].Should().Be("Ada!");
        ((PlainList)client["Tags"]!)[1].Should().BeOfType<PlainObject>().Which["b"].Should().Be(1d);
    }

    [Fact]
    public void Run_ListOfHost_IsCopied()
    {
        PlainList list = [1d, 2d];

        Run("xs.push(3); variables.l.push(4); xs.length", ("xs", list), ("variables", new PlainObject { ["l"] = list })).Should().Be(3d);

        list.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("input.a = 2")]
    [InlineData("input.b = 2")]
    [InlineData("delete input.a")]
    [InlineData("input.c.d = 2")]
    [InlineData("input.xs.push(1)")]
    public void Run_FrozenObject_RefusesChange(string source)
    {
        PlainObject plain = new() { ["a"] = 1d, ["c"] = new PlainObject { ["d"] = 1d }, ["xs"] = new PlainList { 1d } };

        FaultOf(source, ("input", new FrozenObject(plain))).Kind.Should().Be("TypeError");
        plain["a"].Should().Be(1d);
    }

    [Fact]
    public void Run_NativeFunction_TakesAndGivesPlainValues()
    {
        NativeFunction join = new("join", (_, a) => string.Join('|', ((PlainList)a[0]!).Cast<object>()) + a[1]);

        Run("join(['a', 1], undefined)", ("join", join)).Should().Be("a|1");
    }

    [Fact]
    public void Run_NativeFunction_HasNameAndLengthLikeAnyOther()
    {
        NativeFunction native = new("getVariable", (_, _) => null);

        Run("`${f.name}/${f.length}/${Object.getOwnPropertyNames(f)}`", ("f", native)).Should().Be("getVariable/0/length,name");
    }

    [Fact]
    public void Run_ObjectsOfHost_KeepTheirIdentity()
    {
        PlainObject inner = new();
        PlainObject other = new() { ["inner"] = inner };

        Run("[a.inner === a.inner, a === b, a.inner === b.inner, b === b, a.inner === b]", ("a", new PlainObject { ["inner"] = inner }), ("b", other))
            .Should().BeOfType<PlainList>().Which.Should().Equal(true, false, true, true, false);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(13)]
    [InlineData(100)]
    public void Run_CallWithArguments_HandsOverAll(int count)
    {
        string numbers = string.Join(", ", Enumerable.Range(1, count));

        Run($"f({numbers})", ("f", new NativeFunction("f", (_, arguments) => arguments.ToArray().Sum(argument => (double)argument!)))).Should().Be(count * (count + 1) / 2d);
    }

    [Fact]
    public void Run_Condition_AllocatesLittle()
    {
        // Conditions are evaluated by the thousand in a second; docs/benchmarks.md has the figure and what it was.
        JavaScriptProgram condition = JavaScriptProgram.Prepare("getVariable('Amount') > 100 && variables.Stage === 'new'", ScriptTypes.None);
        Host host = new(("getVariable", new NativeFunction("getVariable", (_, _) => 150d)), ("variables", new PlainObject { ["Stage"] = "new" }));
        ScriptContext context = Context;
        condition.Run(host, context).Should().Be(true);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            condition.Run(host, context);

        ((GC.GetAllocatedBytesForCurrentThread() - before) / 100).Should().BeLessThanOrEqualTo(1024);
    }

    [Fact]
    public void Run_NativeFunctionThrows_IsErrorThatScriptMayCatch()
    {
        NativeFunction fail = new("fail", (_, _) => throw new ScriptException(new ScriptFault("RangeError", "Too far.", 1, 1)));

        Run("try { fail() } catch (e) { `${e.name}: ${e.message} ${e instanceof RangeError}` }", ("fail", fail)).Should().Be("RangeError: Too far. true");
        FaultOf("1;\n  fail()", ("fail", fail)).Should().Be(new ScriptFault("RangeError", "Too far.", 2, 3));
    }

    [Fact]
    public void Run_TypesOfHost_HaveGettersMethodsAndStatics()
    {
        ScriptType span = new()
        {
            Name = "TimeSpan",
            ClrType = typeof(TimeSpan),
            Construct = (_, a) => TimeSpan.FromHours((double)a[0]!),
            Statics = new Dictionary<string, object?> { ["Zero"] = TimeSpan.Zero, ["FromHours"] = new NativeFunction("FromHours", (_, a) => TimeSpan.FromHours((double)a[0]!)) },
            Getters = new Dictionary<string, NativeBody> { ["TotalHours"] = (_, a) => ((TimeSpan)a[0]!).TotalHours },
            Methods = new Dictionary<string, NativeBody>
            {
                ["Add"] = (_, a) => (TimeSpan)a[0]! + (TimeSpan)a[1]!,
                ["toString"] = (_, a) => a[0]!.ToString(),
                ["valueOf"] = (_, a) => ((TimeSpan)a[0]!).TotalMilliseconds,
            },
        };
        Host host = new(("TimeSpan", span));
        ScriptTypes types = new(span);

        JavaScriptProgram.Prepare("TimeSpan.FromHours(2).Add(new TimeSpan(1))", types).Run(host, Context).Should().Be(TimeSpan.FromHours(3));
        JavaScriptProgram.Prepare("const t = TimeSpan(2); `${t} ${t.TotalHours} ${t > TimeSpan.Zero}`", types).Run(host, Context).Should().Be("02:00:00 2 true");
        JavaScriptProgram.Prepare("TimeSpan.Zero = 1", types).Invoking(program => program.Run(host, Context)).Should().Throw<ScriptException>().Which.Fault.Kind.Should().Be("TypeError");
    }

    [Fact]
    public void Run_DatesGuidsAndBytes_ComeBackUnchanged()
    {
        DateTimeOffset exact = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(8)).AddTicks(1234567);
        Guid id = new("11111111-2222-3333-4444-555555555555");

        PlainList result = (PlainList)Run("[d, g, b, d.getTime(), `${g}`]", ("d", exact), ("g", id), ("b", new byte[] { 1, 2 }))!;

        result[0].Should().Be(exact.ToUniversalTime());
        result[1].Should().Be(id);
        result[2].Should().BeEquivalentTo(new byte[] { 1, 2 });
        result[3].Should().Be((double)exact.ToUnixTimeMilliseconds());
        result[4].Should().Be(id.ToString());
    }

    [Fact]
    public void Run_NowZoneAndSeed_ComeFromContext()
    {
        JavaScriptProgram program = JavaScriptProgram.Prepare("[Date.now(), new Date().getHours(), Math.random()]", ScriptTypes.None);
        ScriptContext context = Context with { Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), Seed = 7 };

        PlainList first = (PlainList)program.Run(new Host(), context)!;
        PlainList again = (PlainList)program.Run(new Host(), context)!;
        PlainList other = (PlainList)program.Run(new Host(), context with { Seed = 8 })!;

        first[0].Should().Be((double)s_now.ToUnixTimeMilliseconds());
        first[1].Should().Be(13d);
        again.Should().Equal(first);
        other[2].Should().NotBe(first[2]);
    }

    [Fact]
    public void FreeNames_Program_AreThoseNobodyDefines()
    {
        JavaScriptProgram program = JavaScriptProgram.Prepare("const a = variables.Stage; function f(b) { return b + getX() + Math.max(a) + variables?.Other.deep } f(typeof nothing); print(1)", ScriptTypes.None);

        program.FreeNames.Should().BeEquivalentTo("variables", "getX", "nothing");
        program.MembersOf("variables").Should().BeEquivalentTo("Stage", "Other");
        program.MembersOf("getX").Should().BeEmpty();
    }

    [Fact]
    public void MembersOf_FreeName_AreThoseThatTheTextNames_ReadOrOnlyWritten()
    {
        JavaScriptProgram program = JavaScriptProgram.Prepare(
            "variables['a'] = 1; variables[`b`] = variables.c; variables.d++; variables.e += 1; [variables.f, variables.g = variables.h] = []; for (variables.i of []) { } variables[variables.j]", ScriptTypes.None);

        program.MembersOf("variables").Should().BeEquivalentTo("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
        program.MembersReadOf("variables").Should().BeEquivalentTo("c", "d", "e", "h", "j");
        program.Writes.Select(write => write.Member).Should().Equal("a", "b", "d", "e", "f", "g", "i");
    }

    [Theory]
    [InlineData("variables.x = 1", "variables x 1 always")]
    [InlineData("variables['x'] = -1.5", "variables x -1.5 always")]
    [InlineData("if (f()) variables.x = 'a'", "variables x a")]
    [InlineData("return; variables.x = 'a'", "variables x a")]
    [InlineData("const f = () => { variables.x = null }", "variables x ")]
    [InlineData("variables.x = variables.y", "variables x variables.y always")]
    [InlineData("setX(getX())", "setX  getX. always")]
    [InlineData("setVariable('x', getVariable('x') || 0)", "setVariable x getVariable.x|0 always, getVariable  x")]
    [InlineData("variables.x ??= 0", "variables x variables.x|0 always")]
    [InlineData("variables.x = getX() + 1", "variables x made always")]
    [InlineData("variables.x++", "variables x made always")]
    [InlineData("async function f() { setX(await later()) }", "setX  made")]
    [InlineData("const variables = {}; variables.x = 1", null)]
    public void Writes_Program_TellWhatIsHandedOut(string text, string? expected)
    {
        JavaScriptProgram program = JavaScriptProgram.Prepare(text, ScriptTypes.None);

        program.Writes.Select(write => FormattableString.Invariant(
            $"{write.FreeName} {write.Member} {string.Join('|', write.Sources.Select(Say))}{(write.IsCertain ? " always" : string.Empty)}")).Should().Equal(expected?.Split(", ") ?? []);

        static string Say(ScriptSource source) => source.Kind switch
        {
            ScriptSourceKind.Constant => FormattableString.Invariant($"{source.Constant}"),
            ScriptSourceKind.Read => $"{source.FreeName}.{source.Member}",
            _ => "made",
        };
    }

    [Fact]
    public void Prepare_ManyFaults_AreFoundAtOnceWithTheirPlaces()
    {
        Action prepare = () => JavaScriptProgram.Prepare("let a = ;\nlet b = 1;\nlet b = 2;\nconst c;\nb = )", ScriptTypes.None);

        IReadOnlyList<ScriptFault> faults = prepare.Should().Throw<ScriptException>().Which.Faults;
        faults.Select(fault => fault.Line).Should().Equal(1, 3, 4, 5);
        faults.Should().OnlyContain(fault => fault.Kind == "Syntax");
    }

    // The parser's way back after a fault led to the same fault again, for ever.
    [Theory]
    [InlineData("/,\u2028/*return")]
    [InlineData("/a\n/*")]
    [InlineData("{ /a\n/* }")]
    public void Prepare_TextThatCannotBeCut_IsSyntaxFault(string source) => FaultOf(source).Kind.Should().Be("Syntax");

    [Theory]
    [InlineData("1;\n  client.name", "ReferenceError", 2, 3, "client is not defined. Did you mean 'clients'?")]
    [InlineData("clients.first.name", "TypeError", 1, 1, "Cannot read properties of undefined (reading 'name'): clients.first.name.")]
    [InlineData("clients.first()", "TypeError", 1, 1, "clients.first is not a function.")]
    public void Run_Fault_TellsPlaceTextAndNearestName(string source, string kind, int line, int column, string message) =>
        FaultOf(source, ("clients", new PlainObject())).Should().Be(new ScriptFault(kind, message, line, column));

    [Fact]
    public void Run_Prelude_SharesItsDeclarations()
    {
        JavaScriptProgram program = JavaScriptProgram.Prepare("const n = 2;\ndouble(n) + k", ScriptTypes.None, prelude: "const k = 1; function double(x) { return x * 2 }");

        program.Run(new Host(), Context).Should().Be(5d);
        FluentActions.Invoking(() => JavaScriptProgram.Prepare("x\n.y z", ScriptTypes.None, prelude: "1;\n\n\n")).Should().Throw<ScriptException>().Which.Fault.Line.Should().Be(2);
    }

    [Fact]
    public void Run_TopLevelReturn_GivesResult() => Run("if (true) { return 'early' } 'late'").Should().Be("early");

    [Fact]
    public void Run_OverriddenName_WorksOnOwnError() =>
        Run("class Late extends Error { constructor(m) { super(m); this.name = 'Late'; this.toString = () => 'mine' } } `${new Late('x')}`").Should().Be("mine");

    [Fact]
    public void Run_ResultWithMapSetAndFunctions_IsLikeJson()
    {
        PlainObject result = (PlainObject)Run("({ m: new Map([['a', 1]]), s: new Set([1]), f() {}, u: undefined, n: null })")!;

        result.Select(pair => pair.Key).Should().Equal("m", "s", "u", "n");
        ((PlainObject)result["m"]!)["a"].Should().Be(1d);
        result["s"].Should().BeOfType<PlainList>().Which.Should().Equal(1d);
    }

    [Fact]
    public void Run_CyclicResult_IsTypeError() => FaultOf("const o = {}; o.self = o; o").Kind.Should().Be("TypeError");

    [Theory]
    [InlineData("throw new TypeError()")]
    [InlineData("Promise.all([1, Promise.reject(new TypeError())])")]
    public void Run_ErrorWithoutMessage_StillSaysWhatHappened(string source)
    {
        ScriptFault fault = FaultOf(source);

        fault.Kind.Should().Be("TypeError");
        fault.Message.Should().Be("The script threw a TypeError without a message.");
    }

    private static ScriptContext Context => new() { Now = s_now };

    private static object? Run(string source, params (string Name, object? Value)[] globals) => JavaScriptProgram.Prepare(source, ScriptTypes.None).Run(new Host(globals), Context);

    private static ScriptFault FaultOf(string source, params (string Name, object? Value)[] globals) =>
        FluentActions.Invoking(() => Run(source, globals)).Should().Throw<ScriptException>().Which.Fault;

    private sealed class Host(params (string Name, object? Value)[] globals) : ScriptHost
    {
        public override IEnumerable<string> GlobalNames => globals.Select(global => global.Name);

        public override bool TryGetGlobal(string name, out object? value)
        {
            int at = Array.FindIndex(globals, global => global.Name == name);
            value = at < 0 ? null : globals[at].Value;
            return at >= 0;
        }
    }
}
