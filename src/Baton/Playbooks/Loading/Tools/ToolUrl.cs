using System.Text.Json.Nodes;
using Baton.Playbooks.Loading.Source;

namespace Baton.Playbooks.Loading.Tools;

/// <summary>Checks the address of a tool: scheme, host, no credentials, and holes that are inputs.</summary>
internal static class ToolUrl
{
    /// <param name="schema">Null when it could not be read: then holes are not held against it.</param>
    public static void Check(Located url, string what, JsonObject? schema, ProblemList problems)
    {
        if (Holes.Read(url.Text) is not { } holes)
        {
            problems.Add(url, $"{what}: the address '{url.Text}' has a brace that is not a hole; write {{order_id}}");
            return;
        }
        CheckAddress(url, what, holes, problems);
        if (schema is null) return;
        string[] inputs = [.. (schema["properties"] as JsonObject)?.Select(p => p.Key) ?? []];
        var required = (schema["required"] as JsonArray)?.Select(r => r?.ToString() ?? "").ToHashSet() ?? [];
        foreach (var hole in holes.Where(h => h != "base"))
        {
            if (!inputs.Contains(hole))
                problems.Add(url, $"{what}: the hole '{{{hole}}}' of the address is not an input{Suggestion.Hint(hole, inputs)}");
            else if (!required.Contains(hole))
                problems.Add(url, $"{what}: the hole '{{{hole}}}' of the address can be empty; add '{hole}' to 'required' in the input schema");
        }
    }

    private static void CheckAddress(Located url, string what, IReadOnlyList<string> holes, ProblemList problems)
    {
        var text = url.Text;
        if (text.StartsWith("{base}/", StringComparison.Ordinal)) text = "http://localhost" + text["{base}".Length..];
        else if (holes.Contains("base"))
            problems.Add(url, $"{what}: '{{base}}' only works at the start of an address, before '/'");
        foreach (var hole in holes) text = text.Replace($"{{{hole}}}", "x", StringComparison.Ordinal);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            problems.Add(url, $"{what}: '{url.Text}' is not an absolute http(s) address; write https://… or {{base}}/…");
            return;
        }
        var host = url.Text.Split("//", 2) is [_, var rest] ? rest.Split('/', 2)[0] : "";
        if (host.Contains('{'))
            problems.Add(url, $"{what}: the host of '{url.Text}' has a hole, so that an input would choose the server; write the host out");
        if (address.UserInfo.Length > 0)
            problems.Add(url, $"{what}: the address carries credentials; put them into secret_headers");
        if (address is { Scheme: "http", IsLoopback: false })
            problems.Warn(url, $"{what}: '{url.Text}' is not encrypted; use https");
    }
}
