using System.Text;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Unicode normal forms (Unicode §3.11).</summary>
internal static class Normalization
{
    public static string Normalize(string text, string form) => text.Normalize(form switch
    {
        "NFC" => NormalizationForm.FormC,
        "NFD" => NormalizationForm.FormD,
        "NFKC" => NormalizationForm.FormKC,
        _ => NormalizationForm.FormKD,
    });
}
