using System.Text;
using System.Text.Json;
using Baton.Privacy;

namespace Baton.Decisions.Asking;

/// <summary>
/// Puts back what the gateway took out of public text, such as the address of a shop in an article: such values are no
/// personal data, and nobody else could restore them. A customer's values stay in their placeholders.
/// </summary>
internal static class PublicValues
{
    /// <param name="json">The model's answer.</param>
    /// <param name="placeholders">Those of the conversation, with what the gateway added.</param>
    /// <param name="publicText">Text that holds nobody's data.</param>
    public static string PutBack(string json, Placeholders placeholders, string publicText)
    {
        var result = new StringBuilder(json.Length);
        var copied = 0;
        for (var open = json.IndexOf('['); open >= 0; open = json.IndexOf('[', open + 1))
        {
            var length = Placeholders.LengthAt(json, open);
            if (length == 0) continue;
            var name = json.Substring(open, length);
            var value = placeholders.Restore(name);
            if (value == name || !publicText.Contains(value, StringComparison.Ordinal)) continue;
            result.Append(json, copied, open - copied).Append(JsonEncodedText.Encode(value));
            copied = open + length;
        }
        return copied == 0 ? json : result.Append(json, copied, json.Length - copied).ToString();
    }
}
