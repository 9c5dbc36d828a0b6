using System.Net.Http.Headers;

namespace Baton.Operations.Vendors;

/// <summary>
/// Salesforce's REST API with the client-credentials flow (developer.salesforce.com, REST API guide): a token from the
/// My Domain, fetched again once when the session has ended. A limit comes as 403, not as 429.
/// </summary>
internal sealed class SalesforceCalls : IDisposable
{
    /// <summary>Base of the API; one version, so that shapes do not change by themselves.</summary>
    public const string Data = "/services/data/v67.0";

    private const string TokenPath = "/services/oauth2/token";

    private readonly VendorCalls _calls;
    private readonly VendorAccess _access;
    private readonly (string Id, string Secret) _client;
    private string? _token;

    public SalesforceCalls(VendorAccess access, string clientId, string clientSecret, TimeProvider clock)
    {
        _client = (clientId, clientSecret);
        _access = access with { Sign = Sign, Judge = Judge };
        _calls = new VendorCalls(_access, clock);
    }

    /// <param name="make">Makes the request; asked again when the session has ended.</param>
    public async Task<VendorAnswer> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        if (_token is null && await LogInAsync(cancellationToken) is { } failed) return failed;
        var answer = await _calls.SendAsync(make, cancellationToken);
        if (answer is not VendorAnswer.Failed { Failure.Status: 401 }) return answer;
        return await LogInAsync(cancellationToken) is { } refused ? refused
            : await _calls.SendAsync(make, cancellationToken);
    }

    public Task<VendorAnswer> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, Address(path)), cancellationToken);

    public Uri Address(string path) => new(_access.Url!, path);

    /// <summary>Rows of a query; the text of values is <see cref="Literal"/>.</summary>
    public Task<VendorAnswer> QueryAsync(string soql, CancellationToken cancellationToken) =>
        GetAsync($"{Data}/query?q={Uri.EscapeDataString(soql)}", cancellationToken);

    /// <summary>A text as a literal of a query: what ends one is escaped.</summary>
    public static string Literal(string text) =>
        $"'{string.Concat(text.Where(c => !char.IsControl(c))).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    public void Dispose() => _calls.Dispose();

    /// <summary>Null when it worked.</summary>
    private async Task<VendorAnswer.Failed?> LogInAsync(CancellationToken cancellationToken)
    {
        _token = null;
        var answer = await _calls.SendAsync(() => new HttpRequestMessage(HttpMethod.Post, Address(TokenPath))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials", ["client_id"] = _client.Id, ["client_secret"] = _client.Secret,
            }),
        }, cancellationToken);
        if (answer is VendorAnswer.Failed failed) return failed;
        _token = ((VendorAnswer.Done)answer).Reply.Body.Text("access_token");
        return _token is null ? new VendorAnswer.Failed(new VendorFailure("gave no access_token", false)) : null;
    }

    private void Sign(HttpRequestMessage request)
    {
        if (_token is { } token && request.RequestUri?.AbsolutePath != TokenPath)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    private static VendorFailure? Judge(VendorReply reply)
    {
        if (reply.Status is < 300 or >= 500) return null;
        // An array of errors, or one alone.
        var error = reply.Body.ValueKind == System.Text.Json.JsonValueKind.Array ? reply.Body.Items().FirstOrDefault()
            : reply.Body;
        var code = error.Text("errorCode") ?? error.Text("error");
        string?[] words = [code, error.Text("message") ?? error.Text("error_description")];
        return new VendorFailure(
            reply.Said(string.Join(": ", words.OfType<string>())),
            code is "REQUEST_LIMIT_EXCEEDED" or "UNABLE_TO_LOCK_ROW" || reply.Status is 408 or 429,
            code == "REQUEST_LIMIT_EXCEEDED" ? TimeSpan.FromMinutes(5) : null);
    }
}
