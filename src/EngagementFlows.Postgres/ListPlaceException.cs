namespace EngagementFlows.Postgres;

/// <summary>A caller asks for the page of a list that begins at a place which the list never gave out.</summary>
/// <remarks>Answering with the first page would show a program the same rows again and again.</remarks>
/// <param name="field">The field of the address that names the place.</param>
/// <param name="place">What stands in it.</param>
public sealed class ListPlaceException(string field, string place)
    : Exception($"'{field}' is '{(place.Length <= MostShown ? place : place[..MostShown] + "…")}', which is no place in this list. Send 'next' of the page before unchanged, or leave '{field}' out for the first page.")
{
    private const int MostShown = 60;

    /// <summary>Gets the field of the address.</summary>
    public string Field { get; } = field;
}
