using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Customers;
using Baton.Playbooks;
using Baton.Tools.Authority;
using Microsoft.Security.AntiSSRF;

namespace Baton.Tools;

/// <summary>
/// Calls the HTTP tools of a playbook: inputs are held against the schema, then escaped into the address or sent as
/// JSON; answers are limited in size and time, and cut to what the customer may see. One attempt; whoever calls decides
/// what a failure means.
/// </summary>
/// <param name="ours">For servers that the operator set; they may be private.</param>
/// <param name="others">For addresses of the playbook; private ones are refused.</param>
internal sealed class HttpToolCaller(HttpClient ours, HttpClient others, ToolOptions options, TimeProvider clock)
{
    /// <summary>Calls a tool whose inputs are plain values.</summary>
    /// <param name="inputs">From <see cref="ToolInputs.Of"/>.</param>
    /// <param name="identity">Who asks.</param>
    public Task<ToolResult> CallAsync(
        Tool tool, IReadOnlyDictionary<string, string> inputs, Identity identity, CancellationToken cancellationToken)
    {
        if (ToolInputs.Problem(tool, inputs) is var (input, why))
            return Task.FromResult<ToolResult>(new ToolResult.BadInput(input, why));
        return CallAsync(tool, ToolInputs.ToJson(tool, inputs), identity, null, cancellationToken);
    }

    /// <summary>Calls a tool.</summary>
    /// <param name="inputs">Held against the schema already.</param>
    /// <param name="identity">Who asks.</param>
    /// <param name="effectKey">Told to a tool that knows keys; null for reads.</param>
    public async Task<ToolResult> CallAsync(
        Tool tool, JsonObject inputs, Identity identity, string? effectKey, CancellationToken cancellationToken)
    {
        var address = ToolAddress.Of(tool, Texts(inputs), options.BaseAddress);
        if (address.BadInput is { } bad) return new ToolResult.BadInput(bad, address.Problem!);
        if (address.Uri is not { } uri) return new ToolResult.Failed(address.Problem!, false);
        using var timeout = new CancellationTokenSource(tool.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var http = address.IsOurs || options.Allows(uri) ? ours : others;
        try
        {
            using var request = Request(tool, uri, inputs, effectKey);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await ReadAsync(tool, identity, response, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ToolResult.Failed($"no answer within {tool.Timeout.TotalSeconds:0.#} s", true, MayHaveHappened: true);
        }
        catch (AntiSSRFException)
        {
            return new ToolResult.Failed(
                $"'{uri.Host}' is a private address: set BATON__Tools__PrivateHosts__0={uri.Host} where it is meant",
                false);
        }
        catch (HttpRequestException error)
        {
            var neverThere = error.HttpRequestError is HttpRequestError.ConnectionError
                or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
            return new ToolResult.Failed(error.Message, true, !neverThere);
        }
        catch (IOException error)
        {
            return new ToolResult.Failed(error.Message, true, MayHaveHappened: true);
        }
    }

    private static async Task<ToolResult> ReadAsync(
        Tool tool, Identity identity, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NotFound) return new ToolResult.NotFound();
        var status = (int)response.StatusCode;
        if (!response.IsSuccessStatusCode)
            return new ToolResult.Failed($"answered {status}", status is 408 or 429 or >= 500, status is 408 or >= 500);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[tool.MaxResponseBytes + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > tool.MaxResponseBytes)
            return new ToolResult.Failed($"answered more than {tool.MaxResponseBytes} bytes", false, true);
        try
        {
            return Read(tool, identity, JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, length)));
        }
        catch (JsonException)
        {
            return new ToolResult.Failed("answered something that is not JSON", false, MayHaveHappened: true);
        }
    }

    /// <summary>An answer as this customer may see it, once it fits the tool's schema.</summary>
    public static ToolResult Read(Tool tool, Identity identity, JsonElement data)
    {
        if (ToolSchemas.OutputProblem(tool, data) is { } problem) return new ToolResult.Failed(problem, false, true);
        return OwnedData.For(identity, tool, data) is { } shown
            ? new ToolResult.Ok(shown, OrderValue(tool, data)) { IsOwner = IsOwner(identity, tool, data) }
            : new ToolResult.NotTheirs();
    }

    private static bool IsOwner(Identity identity, Tool tool, JsonElement data) => tool.Owner is { } owned
        && identity.Towards(AnswerTemplate.Value(data, owned.Path)) is OwnerView.Owner;

    private static double? OrderValue(Tool tool, JsonElement data) =>
        tool.OrderValue is { } place
            && double.TryParse(AnswerTemplate.Value(data, place), CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value) ? value : null;

    private HttpRequestMessage Request(Tool tool, Uri address, JsonObject inputs, string? effectKey)
    {
        var request = new HttpRequestMessage(new HttpMethod(tool.Method), address);
        foreach (var (header, variable) in tool.SecretHeaders)
            if (options.Secret(variable) is { } secret) request.Headers.TryAddWithoutValidation(header, secret);
        if (effectKey is not null && tool.IdempotencyHeader is { } name)
            request.Headers.TryAddWithoutValidation(name, effectKey);
        if (tool.Method is "GET" or "HEAD" or "DELETE") return request;
        var body = tool.Body is { } template ? ToolBody.Fill(template, inputs) : inputs;
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return request;
    }

    /// <summary>Plain values by name, for the address.</summary>
    private static Dictionary<string, string> Texts(JsonObject inputs) => inputs
        .Select(i => (i.Key, Text: ToolSchemas.Text(i.Value))).Where(i => i.Text is not null)
        .ToDictionary(i => i.Key, i => i.Text!);
}
