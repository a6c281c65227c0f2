using EngagementFlows.Scripts.Liquid.Expressions;
using EngagementFlows.Scripts.Liquid.Filters;

namespace EngagementFlows.Scripts.Liquid.Parsing;

internal sealed partial class ExpressionParser
{
    private FilterCall ParseFilter()
    {
        int position = Lexer.Current.Position;
        string name = Lexer.TakeName("the name of a filter after '|'");
        List<Expression> arguments = [];
        List<KeyValuePair<string, Expression>> named = [];
        if (Lexer.TryTake(":"))
        {
            do
            {
                ParseArgument(arguments, named);
            }
            while (Lexer.TryTake(","));
        }

        if (Lexer.Current.Kind != TokenKind.End && !Lexer.Current.Is("|"))
            throw new SyntaxFault($"Unexpected {Lexer.Current.Quoted} after the filter '{name}'.", Lexer.Current.Position);
        Filter filter = compilation.FindFilter(unit, name, arguments.Count, position);
        return new FilterCall(filter, [.. arguments], [.. named], position);
    }

    private void ParseArgument(List<Expression> arguments, List<KeyValuePair<string, Expression>> named)
    {
        // A name and a colon: a named argument. Else the name was the beginning of a value.
        if (Lexer.Current.Kind == TokenKind.Name && Lexer.IsFollowedBy(':'))
        {
            string name = Lexer.Take().Text;
            Lexer.Take();
            named.Add(new(name, ParseValue()));
            return;
        }

        arguments.Add(ParseLogical());
    }
}
