using System.Text.RegularExpressions;

namespace Baton.Server.Tests;

/// <summary>Sends forms as a browser does, with the antiforgery token of the page they are on.</summary>
internal static partial class Forms
{
    public static async Task<HttpResponseMessage> PostFormAsync(
        this HttpClient client, string page, string action, Dictionary<string, string> fields,
        CancellationToken cancellationToken)
    {
        var html = await client.GetStringAsync(page, cancellationToken);
        fields["__RequestVerificationToken"] = Token().Match(html).Groups[1].Value;
        using var content = new FormUrlEncodedContent(fields);
        return await client.PostAsync(action, content, cancellationToken);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
