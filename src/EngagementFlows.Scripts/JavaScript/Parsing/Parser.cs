using System.Runtime.CompilerServices;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Reads a program by recursive descent and binds its names on the way (ECMA-262 §13 to §15); all code is strict.</summary>
/// <remarks>A fault ends the statement it stands in; parsing goes on behind it, so that one run finds many faults.</remarks>
internal sealed partial class Parser
{
    private const int MostFaults = 20;

    private readonly Lexer _lexer;
    private readonly ScriptLimits _limits;
    private readonly List<(int Position, string Message)> _faults = [];
    private Token _token;
    private int _previousEnd;
    private int _depth;
    private int _labels;
    private int _furthest = -1;

    public Parser(string source, ScriptLimits limits)
    {
        _lexer = new Lexer(source);
        _limits = limits;
    }

    public IReadOnlyList<(int Position, string Message)> Faults => _faults;

    /// <summary>Parses the program; what it returns is meaningful only if there are no faults.</summary>
    /// <param name="preludeLength">Where the program itself begins; what stands before it is a prelude with a scope of its own.</param>
    public FunctionInfo ParseProgram(int preludeLength)
    {
        FunctionInfo program = new(0) { Kind = FunctionKind.Normal };
        Scope outer = OpenScope(isFunction: true);
        program.ParameterScope = program.BodyScope = outer;
        _functions.Push(new FunctionContext(program, null));
        Recover(Next);
        while (_token.Kind != TokenKind.End && _token.Start < preludeLength && _faults.Count < MostFaults)
            ParseStatementInto(program.Prelude);
        if (preludeLength > 0)
            program.BodyScope = OpenScope(isFunction: true);
        while (_token.Kind != TokenKind.End && _faults.Count < MostFaults)
            ParseStatementInto(program.Body);
        program.End = _lexer.Source.Length;
        ReportCoverFaults();
        _functions.Pop();
        while (_scopes.Count > 0)
        {
            Scope scope = _scopes[^1];
            UncrossBody(scope);
            CloseScope(scope);
            UncrossParameters();
        }

        foreach ((NameSyntax name, _) in _references)
        {
            if (name.Name[0] == '#')
                Fault($"Private name '{name.Name}' is not declared in an enclosing class.", name.Start);
        }

        return program;
    }

    private void ParseStatementInto(List<StatementSyntax> body)
    {
        int before = _lexer.At;
        int depth = _depth;
        int scopes = _scopes.Count;
        int functions = _functions.Count;
        try
        {
            body.Add(ParseStatementListItem());
        }
        catch (SyntaxException fault)
        {
            Fault(fault.Message, fault.Position);
            _depth = depth;
            while (_functions.Count > functions)
                _functions.Pop();
            while (_scopes.Count > scopes)
                CloseScope(_scopes[^1]);
            SkipStatement(before);
        }
    }

    /// <summary>Goes on behind the next semicolon, closing brace or line end.</summary>
    private void SkipStatement(int before)
    {
        if (_lexer.At <= before && _token.Kind != TokenKind.End)
            Recover(Next);
        while (_token.Kind != TokenKind.End && !_token.Is(";") && !_token.Is("}") && !_token.AfterLineTerminator && _faults.Count < MostFaults)
            Recover(Next);
        if (_token.Is(";") || (_token.Is("}") && Function.Outer is null && CurrentScope.IsFunction))
            Recover(Next);

        // A text that cannot even be cut into tokens may lead back to where we were: then there is nothing more to find.
        if (_lexer.At <= _furthest)
        {
            _lexer.At = _lexer.Source.Length;
            _token.Kind = TokenKind.End;
        }

        _furthest = _lexer.At;
    }

    private void Recover(Action action)
    {
        try
        {
            action();
        }
        catch (SyntaxException fault)
        {
            Fault(fault.Message, fault.Position);
        }
    }

    private void Fault(string message, int position)
    {
        if (_faults.Count < MostFaults && !_faults.Exists(known => known.Position == position))
            _faults.Add((position, message));
    }

    private void Next()
    {
        _previousEnd = _token.End;
        _lexer.Next(ref _token);
    }

    private bool TryTake(string punctuator)
    {
        if (!_token.Is(punctuator))
            return false;
        Next();
        return true;
    }

    private bool TryTakeKeyword(string word)
    {
        if (!_token.IsKeyword(word))
            return false;
        Next();
        return true;
    }

    private void Take(string punctuator)
    {
        if (!TryTake(punctuator))
            throw Unexpected($"'{punctuator}'");
    }

    private void TakeKeyword(string word)
    {
        if (!TryTakeKeyword(word))
            throw Unexpected($"'{word}'");
    }

    private SyntaxException Unexpected(string? wanted = null)
    {
        string found = _token.Kind switch
        {
            TokenKind.End => "the end of the script",
            TokenKind.String => "a string",
            TokenKind.Number or TokenKind.BigInt => "a number",
            _ => $"'{_token.Text}'",
        };
        return new SyntaxException(wanted is null ? $"Unexpected {found}." : $"Unexpected {found}; expected {wanted}.", _token.Start);
    }

    /// <summary>Automatic semicolon insertion (ECMA-262 §12.10).</summary>
    private void TakeSemicolon()
    {
        if (TryTake(";") || _token.Is("}") || _token.Kind == TokenKind.End || _token.AfterLineTerminator)
            return;
        throw Unexpected("';' or a new line");
    }

    private Token PeekToken()
    {
        int at = _lexer.At;
        Token peeked = default;
        try
        {
            _lexer.Next(ref peeked);
        }
        catch (SyntaxException)
        {
            // The fault is reported when the parser gets there.
            peeked = new Token { Kind = TokenKind.End, Text = string.Empty };
        }

        _lexer.At = at;
        return peeked;
    }

    private void Descend()
    {
        if (++_depth > _limits.Nesting)
            throw new NestingException(_token.Start);
        RuntimeHelpers.EnsureSufficientExecutionStack();
    }

    private void Ascend() => _depth--;
}

/// <summary>Ends the parsing of a text that nests too deeply to go on.</summary>
internal sealed class NestingException(int position) : Exception
{
    public int Position { get; } = position;
}
