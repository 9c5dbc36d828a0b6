using System.Security.Cryptography;
using System.Text;
using Baton.Channels.Helpdesks;
using Microsoft.AspNetCore.WebUtilities;

namespace Baton.Channels.Twilio;

/// <summary>
/// A form as Twilio posts it, and whether Twilio did: base64 of HMAC-SHA1 over the address and every parameter in
/// order of its name (twilio.com/docs/usage/security). The address is the one the world sees, with or without its port.
/// </summary>
internal sealed class TwilioRequest
{
    public const string Signature = "X-Twilio-Signature";

    private const int MostParameters = 500;

    private readonly Dictionary<string, string> _form;
    private readonly Uri? _url;

    /// <param name="outside">Where the world reaches this installation; null: where the request came.</param>
    public TwilioRequest(InboundRequest request, Uri? outside)
    {
        _url = request.Url is { } url && outside is not null ? new Uri(outside, url.PathAndQuery) : request.Url;
        _form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(request.Body.Span)).Take(MostParameters)
            .ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal);
        Query = QueryHelpers.ParseQuery(_url?.Query).ToDictionary(p => p.Key, p => p.Value.ToString());
    }

    public IReadOnlyDictionary<string, string> Query { get; }

    /// <summary>A parameter that says something, or null.</summary>
    public string? Of(string name) => _form.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    public bool IsSigned(string? signature, IReadOnlyList<string> tokens)
    {
        if (signature is null || _url is null) return false;
        return SignatureCheck.Fits(
            signature, tokens.SelectMany(token => Addresses(_url).Select(url => Sign(token, url, _form))));
    }

    public static string Sign(string token, string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        var signed = url + string.Concat(form.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Key + p.Value));
#pragma warning disable CA5350 // The vendor's scheme; HMAC does not rest on what is broken in SHA-1.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(signed)));
#pragma warning restore CA5350
    }

    private static IEnumerable<string> Addresses(Uri url)
    {
        yield return $"{url.Scheme}://{url.Host}{(url.IsDefaultPort ? "" : $":{url.Port}")}{url.PathAndQuery}";
        yield return $"{url.Scheme}://{url.Host}:{url.Port}{url.PathAndQuery}";
        yield return $"{url.Scheme}://{url.Host}{url.PathAndQuery}";
    }
}
