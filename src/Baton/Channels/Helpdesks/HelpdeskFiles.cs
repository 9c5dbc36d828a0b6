using System.Text.Json;
using Baton.Channels.Files;
using Baton.Conversations.Attachments;
using Baton.Conversations.Inbound;
using Baton.Operations.Vendors;

namespace Baton.Channels.Helpdesks;

/// <summary>Files of entries that a helpdesk keeps: an address now, the content when the entry is new here.</summary>
internal static class HelpdeskFiles
{
    private const int MostFiles = 100;

    /// <summary>What an entry names.</summary>
    /// <param name="attachments">The array of the vendor; anything else holds none.</param>
    /// <param name="name">Field with the name.</param>
    /// <param name="address">Field with the address.</param>
    /// <param name="size">Field with the bytes.</param>
    public static IReadOnlyList<InboundAttachment> Of(
        JsonElement attachments, string name, string address, string size) =>
    [
        .. attachments.Items().Where(file => file.ValueKind == JsonValueKind.Object).Take(MostFiles).Select(file =>
            new InboundAttachment(file.Text(name) ?? "file", default)
            {
                Size = file.Number(size) is { } bytes and > 0 ? (long)bytes : 0,
                Source = Uri.TryCreate(file.Text(address), UriKind.Absolute, out var url) ? url : null,
                NotRead = url is null ? "its address is missing" : "it was not fetched",
            }),
    ];

    /// <summary>An entry with its files.</summary>
    /// <param name="options">Of the channel.</param>
    /// <param name="intake">How much is kept.</param>
    /// <param name="sign">Puts credentials on a request to the vendor's own address.</param>
    public static async Task<Arrival> FillAsync(
        Arrival arrival, HelpdeskOptions options, IntakeOptions? intake, Action<HttpRequestMessage> sign,
        TimeProvider clock, CancellationToken cancellationToken)
    {
        if (arrival is not Arrival.Message { Text.Attachments: { Count: > 0 } files } message) return arrival;
        var fetched = new FetchedFiles(
            (intake ?? new()).Attachments, options.AllowPrivate, options.Timeout,
            at => at.Authority == options.Url?.Authority && at.Scheme == options.Url.Scheme, sign, clock);
        return message with
        {
            Text = message.Text with { Attachments = await fetched.OfAsync(files, cancellationToken) },
        };
    }
}
