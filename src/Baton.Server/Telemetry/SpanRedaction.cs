using System.Diagnostics;
using Baton.Privacy;
using OpenTelemetry;

namespace Baton.Server.Telemetry;

/// <summary>Takes personal data out of the addresses in spans: a path may hold what a customer is called by.</summary>
internal sealed class SpanRedaction(Redactor redactor) : BaseProcessor<Activity>
{
    private static readonly string[] Addresses = ["url.path", "url.full", "url.query"];

    /// <summary>What comes after these opens something: a link that works without a log-in.</summary>
    private static readonly string[] Links = ["/join/", "/enter/", "/solved/"];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in Addresses)
            if (data.GetTagItem(tag) is string text && Clean(text) is var clean && clean != text)
                data.SetTag(tag, clean);
    }

    /// <summary>Part by part: inside an address the redactor takes a whole path for one word.</summary>
    private string Clean(string address)
    {
        foreach (var link in Links)
            if (address.IndexOf(link, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
                return address[..(at + link.Length)] + "…";
        var placeholders = new Placeholders();
        return string.Join('/', address.Split('/').Select(part =>
            Uri.UnescapeDataString(part) is var plain && redactor.Find(plain).Count > 0
                ? redactor.Redact(plain, placeholders).Text
                : part));
    }
}
