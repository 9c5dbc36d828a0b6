using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baton.Privacy.Presidio;

/// <summary>
/// A text redacted with local and remote findings, and what went wrong when the service could not be heard.
/// </summary>
/// <param name="Redacted">The redacted text.</param>
/// <param name="Degradation">Null when the service answered; else one sentence for the log and the trace.</param>
public sealed record PresidioResult(RedactedText Redacted, string? Degradation);

/// <summary>
/// Adds the findings of a Presidio analyzer (<c>POST /analyze</c>, offsets in code points) to Baton's own. The local
/// findings never wait for luck: when the service fails, is slow or talks nonsense, they alone are used.
/// </summary>
public sealed class PresidioConnector
{
    private readonly HttpClient _client;
    private readonly PresidioOptions _options;
    private readonly Uri _address;
    private readonly Redactor _redactor;

    /// <summary>Uses a client whose handler the host has set up; the address comes from the options.</summary>
    /// <exception cref="ArgumentException">The options have no address.</exception>
    public PresidioConnector(HttpClient client, PresidioOptions options, Redactor redactor)
    {
        (_client, _options, _redactor) = (client, options, redactor);
        var address = options.Address ?? throw new ArgumentException("Presidio's address is missing.", nameof(options));
        _address = new Uri(address.AbsoluteUri.TrimEnd('/') + "/analyze");
    }

    /// <summary>Redacts a text with the findings of both. Never throws because of the service.</summary>
    public async Task<PresidioResult> RedactAsync(string text, Placeholders placeholders,
        CancellationToken cancellationToken)
    {
        var (spans, degradation) = await FindAsync(text, cancellationToken);
        return new PresidioResult(Redactor.Replace(text, spans, placeholders), degradation);
    }

    /// <summary>The findings of both; those of Baton alone, and why, when the service cannot be heard.</summary>
    public async Task<(IReadOnlyList<PersonalSpan> Spans, string? Degradation)> FindAsync(
        string text, CancellationToken cancellationToken)
    {
        var own = _redactor.Find(text);
        if (text.Length > _options.MaxCharacters)
            return (own, NotUsed($"the text has {text.Length} characters, the limit is {_options.MaxCharacters}"));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.Timeout);
        try
        {
            return (SpanMerge.Merge(own, await AnalyzeAsync(text, limit.Token)), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (own, NotUsed($"no answer within {_options.Timeout.TotalSeconds:0.###} s"));
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or InvalidDataException
            or IOException)
        {
            return (own, NotUsed(error.Message));
        }
    }

    private static string NotUsed(string why) => $"Presidio was not used: {why}. Only local findings were replaced.";

    private async Task<IReadOnlyList<PersonalSpan>> AnalyzeAsync(string text, CancellationToken cancellationToken)
    {
        var body = new AnalyzeRequest(text, _options.Language, _options.ScoreThreshold);
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = JsonContent.Create(body) };
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead,
            cancellationToken);
        if (!response.IsSuccessStatusCode) throw new HttpRequestException($"it answered {(int)response.StatusCode}");
        var bytes = await ReadAsync(response, cancellationToken);
        var findings = JsonSerializer.Deserialize<List<Finding>>(bytes)
            ?? throw new InvalidDataException("it answered null");
        return Convert(text, findings);
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var buffer = new MemoryStream();
        var chunk = new byte[16_384];
        for (int read; (read = await stream.ReadAsync(chunk, cancellationToken)) > 0;)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > _options.MaxResponseBytes)
                throw new InvalidDataException($"its answer is longer than {_options.MaxResponseBytes} bytes");
        }
        return buffer.ToArray();
    }

    /// <summary>Code points to UTF-16, names to types, types the profile does not replace left out.</summary>
    private List<PersonalSpan> Convert(string text, List<Finding> findings)
    {
        var units = CodePoints.Starts(text);
        var spans = new List<PersonalSpan>();
        foreach (var finding in findings)
        {
            if (finding is not { Start: >= 0 } || finding.End <= finding.Start || finding.End >= units.Length)
                throw new InvalidDataException(
                    $"it found something at {finding?.Start}–{finding?.End} of {units.Length - 1} code points");
            if (PersonalDataNames.TypeOf(finding.Type) is not { } type
                || !_redactor.Profile.Types.Contains(type)) continue;
            spans.Add(new PersonalSpan(units[finding.Start], units[finding.End] - units[finding.Start], type,
                finding.Score));
        }
        return spans;
    }

    private sealed record AnalyzeRequest(
        [property: JsonPropertyName("text")] string Text,
        [property: JsonPropertyName("language")] string Language,
        [property: JsonPropertyName("score_threshold")] double ScoreThreshold);

    private sealed record Finding(
        [property: JsonPropertyName("entity_type")] string Type,
        [property: JsonPropertyName("start")] int Start,
        [property: JsonPropertyName("end")] int End,
        [property: JsonPropertyName("score")] double Score);
}
