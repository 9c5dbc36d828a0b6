using System.Globalization;
using Baton.Channels.Twilio;
using Baton.Operations.Links;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;

namespace Baton.Channels.Voice;

/// <summary>The steps of a call by Twilio, each signed.</summary>
internal static class VoiceEndpoints
{
    /// <summary>Twilio gives up after 15 seconds; a step is done long before.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    private const int MostSilences = 2, LargestForm = 64 * 1024, MostTurns = 100;

    extension(IEndpointRouteBuilder routes)
    {
        public void MapVoice() =>
            routes.MapPost("/channels/voice/{step}", Take).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Take(
        string step, HttpContext http, VoiceChannel channel, VoiceTurns turns, ChannelOptions channels,
        PublicAddress address, CancellationToken cancellationToken)
    {
        if (channel.Missing(ChannelWays.In) is { } missing)
            return TypedResults.Problem(missing, statusCode: 503, title: "Not set up");
        using var body = new MemoryStream();
        if (http.Request.ContentLength is not <= LargestForm) return TypedResults.Problem("Too large", statusCode: 413);
        await http.Request.Body.CopyToAsync(body, cancellationToken);
        var request = new InboundRequest(
            body.ToArray(), http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString()))
        {
            Url = new Uri(http.Request.GetEncodedUrl()),
        };
        if (channel.Verify(request) is Verification.Refused refused)
            return TypedResults.Problem(refused.Why, statusCode: 401, title: "Not verified");
        var form = new TwilioRequest(request, address.Url);
        var markup = (step, form.Of("CallSid")) switch
        {
            ("said", { } call) => await SaidAsync(call, form, turns, channels.Voice, cancellationToken),
            ("wait", { } call) => await WaitAsync(call, form, turns, channels.Voice, cancellationToken),
            ("dialed", { }) => Dialed(form, channels.Voice),
            _ => null,
        };
        return markup is null ? TypedResults.NotFound() : TypedResults.Text(markup, "text/xml");
    }

    private static async Task<string> SaidAsync(
        string call, TwilioRequest form, VoiceTurns turns, VoiceOptions options, CancellationToken cancellationToken)
    {
        var (turn, silences) = (Number(form, "turn", 1), Number(form, "silences", 0));
        var said = form.Of("SpeechResult");
        if (said is null && silences < MostSilences)
            return VoiceMarkup.Listen(options, options.Again, turn, silences + 1);
        // Whoever cannot be understood is a person's.
        var taken = turn > MostTurns ? null : await turns.SayAsync(
            call, form.Of("From"), turn, said ?? "[Nothing was understood; a person should call back]",
            cancellationToken);
        return taken is { } number ? VoiceMarkup.Wait(number, 0) : VoiceMarkup.End(options, options.Goodbye);
    }

    private static async Task<string> WaitAsync(
        string call, TwilioRequest form, VoiceTurns turns, VoiceOptions options, CancellationToken cancellationToken)
    {
        var (turn, tries) = (Number(form, "turn", 1), Number(form, "tries", 0));
        var answer = await turns.AnswerAsync(call, turn, Step, cancellationToken);
        if (answer is null && (tries + 1) * Step < options.Patience) return VoiceMarkup.Wait(turn, tries + 1);
        return answer switch
        {
            null or { Goes: true, IsStaffed: true } when options.DialTo.Length > 0 =>
                VoiceMarkup.Dial(options, options.Connecting),
            null => VoiceMarkup.End(options, options.Goodbye),
            { Goes: true } => VoiceMarkup.End(options, answer.Text, options.Goodbye),
            _ => VoiceMarkup.Listen(
                options, $"{answer.Text} {(answer.Text.EndsWith('?') ? "" : options.More)}", turn + 1, 0),
        };
    }

    /// <summary>The ticket waits with the number whatever became of the call to the team.</summary>
    private static string Dialed(TwilioRequest form, VoiceOptions options) =>
        form.Of("DialCallStatus") is "completed" or "answered"
            ? VoiceMarkup.End(options)
            : VoiceMarkup.End(options, "Nobody is free right now. We have your request and will call you back.",
                options.Goodbye);

    private static int Number(TwilioRequest form, string name, int otherwise) =>
        int.TryParse(form.Query.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture,
            out var number)
            ? number : otherwise;
}
