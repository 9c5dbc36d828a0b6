using Baton.Channels.Twilio;
using Baton.Operations.Links;

namespace Baton.Channels.Voice;

/// <summary>
/// Calls, by Twilio or Vapi. A call is a ticket; what is said is answered in the call itself, so that nothing goes out
/// by the outbox. A call begins here; its steps are those of <see cref="VoiceEndpoints"/>.
/// </summary>
internal sealed class VoiceChannel(ChannelOptions channels, PublicAddress? address = null) : IChannel
{
    public string Name => "voice";

    public ChannelWays Ways => ChannelWays.In;

    public bool IsLive => true;

    public string? Missing(ChannelWays way) =>
        channels.Voice.VapiSecret.Length > 0 ? null
        : channels.Voice.Greeting.Length == 0
            ? "BATON__Channels__Voice__Greeting is not set: give it what a caller hears first"
        : channels.Twilio.TokenList.Count == 0
            ? "BATON__Channels__Twilio__AuthTokens is not set: the console of Twilio shows it"
        : null;

    public Verification Verify(InboundRequest request) =>
        channels.Twilio.TokenList.Count > 0 && new TwilioRequest(request, address?.Url).IsSigned(
            request.Header(TwilioRequest.Signature), channels.Twilio.TokenList)
            ? new Verification.Verified()
            : new Verification.Refused($"{TwilioRequest.Signature} is missing, or fits neither address nor parameters");

    public ParsedRequest Parse(InboundRequest request) =>
        new TwilioRequest(request, address?.Url).Of("CallSid") is null
            ? new ParsedRequest.Refused("CallSid", "is missing: this is no call of Twilio")
            : new ParsedRequest.Arrived([])
            {
                Answer = new InboundAnswer(
                    "text/xml", VoiceMarkup.Listen(channels.Voice, channels.Voice.Greeting, 1, 0)),
            };
}
