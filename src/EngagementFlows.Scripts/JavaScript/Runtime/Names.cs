namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Property names that the interpreter itself uses; one string object each, so lookups compare references.</summary>
internal static class Names
{
    public const string Length = "length";
    public const string Name = "name";
    public const string Prototype = "prototype";
    public const string Constructor = "constructor";
    public const string Message = "message";
    public const string ToStringName = "toString";
    public const string ValueOf = "valueOf";
    public const string ToJson = "toJSON";
    public const string Next = "next";
    public const string Done = "done";
    public const string Value = "value";
    public const string Return = "return";
    public const string Then = "then";
    public const string Index = "index";
    public const string LastIndex = "lastIndex";
}
