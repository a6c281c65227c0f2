namespace EngagementFlows.Scripts;

/// <summary>Why a script or template could not be prepared or run.</summary>
/// <param name="Kind">
/// <c>Syntax</c>; the class of a thrown error (<c>TypeError</c>, <c>ReferenceError</c>, <c>RangeError</c>, <c>Error</c> …; <c>Thrown</c> for a value
/// that is no error); or the limit that was spent (<c>Steps</c>, <c>AllocatedBytes</c>, <c>CallDepth</c>, <c>StringLength</c>, <c>ArrayLength</c>,
/// <c>OutputLength</c>, <c>SourceLength</c>, <c>Nesting</c>, <c>MatchTimeout</c>), or <c>NeverSettles</c> for a promise.
/// </param>
/// <param name="Message">A complete sentence in English.</param>
/// <param name="Line">Line in the source, from 1.</param>
/// <param name="Column">Column in the source, from 1.</param>
public sealed record ScriptFault(string Kind, string Message, int Line, int Column);
