namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A long string in the making: two parts that are joined when somebody reads them.</summary>
/// <remarks>Without it a loop that appends to a text would copy, and be charged for, the whole text every time.</remarks>
internal sealed class Rope
{
    /// <summary>Texts shorter than this are joined at once.</summary>
    public const int Threshold = 256;

    private object? _left;
    private object? _right;
    private string? _flat;

    private readonly Realm _realm;

    public Rope(Realm realm, Value left, Value right)
    {
        _realm = realm;
        _left = left.Rope is { } leftRope ? leftRope._flat ?? (object)leftRope : left.Text;
        _right = right.Rope is { } rightRope ? rightRope._flat ?? (object)rightRope : right.Text;
        Length = left.TextLength + right.TextLength;
    }

    public int Length { get; }

    /// <summary>Joins the parts without recursion: a rope may be as deep as the loop that made it was long.</summary>
    public string Flatten()
    {
        if (_flat is { } done)
            return done;
        _realm.AllocateText(Length);
        string flat = string.Create(Length, this, static (span, rope) =>
        {
            Stack<object> open = new();
            open.Push(rope);
            int end = span.Length;
            while (open.TryPop(out object? part))
            {
                if ((part as string ?? ((Rope)part)._flat) is { } text)
                {
                    end -= text.Length;
                    text.CopyTo(span[end..]);
                    continue;
                }

                Rope inner = (Rope)part;
                open.Push(inner._left!);
                open.Push(inner._right!);
            }
        });
        _flat = flat;
        _left = _right = null;
        return flat;
    }
}
