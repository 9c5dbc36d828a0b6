using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Playbooks;

namespace Baton.Tools;

/// <summary>Where tools are reached and what their secrets are.</summary>
/// <param name="BaseAddress">What <c>{base}</c> in a tool's address stands for; null when there is none.</param>
/// <param name="Secret">Value of an environment variable that a playbook names, or null.</param>
internal sealed record ToolOptions(Uri? BaseAddress, Func<string, string?> Secret);

/// <summary>
/// Calls the HTTP tools of a playbook: inputs are escaped into the address or sent as JSON, answers are limited in size
/// and time. One attempt; whoever calls decides what a failure means.
/// </summary>
internal sealed class HttpToolCaller(HttpClient http, ToolOptions options, TimeProvider clock)
{
    /// <summary>Calls a tool.</summary>
    public async Task<ToolResult> CallAsync(
        Tool tool, IReadOnlyDictionary<string, string> inputs, CancellationToken cancellationToken)
    {
        if (Address(tool, inputs) is not { } address)
            return new ToolResult.Failed($"tool {tool.Name} needs an address for {{base}}, and none is set", false);
        using var timeout = new CancellationTokenSource(tool.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = Request(tool, address, inputs);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await ReadAsync(tool, response, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ToolResult.Failed($"no answer within {tool.Timeout.TotalSeconds:0.#} s", true);
        }
        catch (HttpRequestException error)
        {
            return new ToolResult.Failed(error.Message, true);
        }
    }

    private static async Task<ToolResult> ReadAsync(
        Tool tool, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NotFound) return new ToolResult.NotFound();
        var status = (int)response.StatusCode;
        if (!response.IsSuccessStatusCode)
            return new ToolResult.Failed($"answered {status}", status is 408 or 429 or >= 500);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[tool.MaxResponseBytes + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > tool.MaxResponseBytes)
            return new ToolResult.Failed($"answered more than {tool.MaxResponseBytes} bytes", false);
        try
        {
            return new ToolResult.Ok(JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, length)));
        }
        catch (JsonException)
        {
            return new ToolResult.Failed("answered something that is not JSON", false);
        }
    }

    private HttpRequestMessage Request(Tool tool, Uri address, IReadOnlyDictionary<string, string> inputs)
    {
        var request = new HttpRequestMessage(new HttpMethod(tool.Method), address);
        foreach (var (header, variable) in tool.SecretHeaders)
            if (options.Secret(variable) is { } secret) request.Headers.TryAddWithoutValidation(header, secret);
        if (tool.Method is "GET" or "HEAD" or "DELETE") return request;
        var json = new JsonObject(inputs.Select(i => KeyValuePair.Create(i.Key, (JsonNode?)i.Value)));
        request.Content = new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json");
        return request;
    }

    private Uri? Address(Tool tool, IReadOnlyDictionary<string, string> inputs)
    {
        var url = tool.Url;
        if (url.Contains("{base}", StringComparison.Ordinal))
        {
            if (options.BaseAddress is null) return null;
            url = url.Replace("{base}", options.BaseAddress.ToString().TrimEnd('/'), StringComparison.Ordinal);
        }
        foreach (var (name, value) in inputs)
            url = url.Replace($"{{{name}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
        return new Uri(url, UriKind.Absolute);
    }
}
