using Baton.Channels.Chat;
using Baton.Channels.Email;
using Baton.Channels.Events;
using Baton.Channels.Freshdesk;
using Baton.Channels.HubSpot;
using Baton.Channels.Intercom;
using Baton.Channels.Jira;
using Baton.Channels.Langfuse;
using Baton.Channels.Linear;
using Baton.Channels.PagerDuty;
using Baton.Channels.Reading;
using Baton.Channels.Recording;
using Baton.Channels.Redelivery;
using Baton.Channels.Salesforce;
using Baton.Channels.Slack;
using Baton.Channels.Teams;
using Baton.Channels.Twilio;
using Baton.Channels.Voice;
using Baton.Channels.Webhook;
using Baton.Channels.Zendesk;
using Baton.Conversations;
using Baton.Storage;
using Baton.Storage.Jobs.Dispatching;
using Baton.Storage.Outgoing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Baton.Channels;

/// <summary>Registers channels and delivery.</summary>
public static class ChannelsSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds a channel, in the product's list or in a host of one's own.</summary>
        public IServiceCollection AddChannel<T>() where T : class, IChannel
        {
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IChannel, T>());
            return services;
        }

        /// <summary>Adds the channels, and the worker that empties the outbox while the host runs.</summary>
        internal IServiceCollection AddChannels(ChannelOptions options) => services
            .AddSingleton(options)
            .AddChannel<WebhookChannel>()
            .AddChannel<ZendeskChannel>()
            .AddChannel<IntercomChannel>()
            .AddChannel<FreshdeskChannel>()
            .AddSingleton<IChannel>(provider => ActivatorUtilities.CreateInstance<TwilioChannel>(provider, "sms"))
            .AddSingleton<IChannel>(provider => ActivatorUtilities.CreateInstance<TwilioChannel>(provider, "whatsapp"))
            .AddSingleton<VoiceChannel>()
            .AddSingleton<IChannel>(provider => provider.GetRequiredService<VoiceChannel>())
            .AddSingleton<VoiceTurns>()
            .AddSingleton<EmailChannel>()
            .AddSingleton<IChannel>(provider => provider.GetRequiredService<EmailChannel>())
            .AddSingleton<MailboxReader>()
            .AddHostedService<MailboxService>()
            .AddChat()
            .AddFollowers()
            .AddSingleton(provider =>
            {
                var list = new ChannelList([.. Read(options), .. provider.GetServices<IChannel>()]);
                provider.GetRequiredService<RecordKeeper>().Know(list);
                return list;
            })
            .AddSingleton(provider => new LiveChannels(
                provider.GetRequiredService<ChannelList>().All.Where(c => c.IsLive).Select(c => c.Name)))
            .AddSingleton<ChannelIntake>()
            .AddReading()
            .AddSingleton<DeliveryFailures>()
            .AddSingleton<LetterPost>()
            .AddSingleton<Dispatch>()
            .AddSingleton<DeliveryDesk>()
            .AddSingleton<ChannelTrial>()
            .AddSingleton<DeliveryWorker>()
            .AddHostedService<DeliveryService>();

        /// <summary>Adds systems that follow tickets of any channel, and what tells them.</summary>
        private IServiceCollection AddFollowers() => services
            .AddChannel<SlackChannel>()
            .AddChannel<TeamsChannel>()
            .AddChannel<PagerDutyChannel>()
            .AddChannel<LangfuseChannel>()
            .AddSingleton<ScoreKeeper>()
            .AddSingleton<FollowUp>(provider => provider.GetRequiredService<ScoreKeeper>().Follow)
            .AddChannel<LinearChannel>()
            .AddChannel<JiraChannel>()
            .AddChannel<SalesforceChannel>()
            .AddChannel<HubSpotChannel>()
            .AddSingleton(provider => new RecordKeeper(
                provider.GetRequiredService<ChannelList>, provider.GetRequiredService<Outbox>()))
            .AddSingleton<FollowUp>(provider => provider.GetRequiredService<RecordKeeper>().Follow)
            .AddSingleton<EventKeeper>()
            .AddSingleton<EventReplay>()
            .AddSingleton<FollowUp>(provider => provider.GetRequiredService<EventKeeper>().Follow);

        /// <summary>Adds what reads tickets where they are kept.</summary>
        private IServiceCollection AddReading() => services
            .AddSingleton<RemoteIntake>()
            .AddSingleton(provider => new ChannelReads(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<ChannelList>,
                provider.GetRequiredService<RemoteIntake>(), provider.GetRequiredService<Notices>(),
                provider.GetRequiredService<ClearText>(),
                provider.GetRequiredService<IDispatch>(), provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<Random>(), provider.GetRequiredService<ILogger<ChannelReads>>()))
            .AddHostedService<ReadingService>()
            .AddSingleton(provider => new CatchUp(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<ChannelList>,
                provider.GetRequiredService<ChannelReads>(), provider.GetRequiredService<Notices>(),
                provider.GetRequiredService<TimeProvider>()))
            .AddHostedService<CatchUpService>();

        /// <summary>Adds the chat on web sites.</summary>
        private IServiceCollection AddChat() => services
            .AddSingleton<ChatChannel>()
            .AddSingleton<IChannel>(provider => provider.GetRequiredService<ChatChannel>())
            .AddSingleton<ChatTokens>().AddSingleton<ChatLimits>().AddSingleton<ChatSessions>()
            .AddSingleton<ChatTranscripts>().AddSingleton<ChatSignals>().AddSingleton<ChatStream>()
            .AddSingleton<ChatScript>();
    }

    /// <summary>
    /// Channels whose texts are read where the tickets came from, and those that the operator says are.
    /// </summary>
    private static IEnumerable<ReadChannel> Read(ChannelOptions options) =>
    [
        .. options.ReadNames.Select(name => new ReadChannel(name)),
        new ReadChannel("api"), new ReadChannel("file"), new ReadChannel("playground", isLive: true),
    ];
}

/// <summary>How channels are reached: <c>BATON__Channels__…</c>. A property for each that has settings.</summary>
public sealed record ChannelOptions
{
    /// <summary>
    /// Further names that tickets of the API have for their channel while the answers are fetched over the API, too;
    /// separated by commas or spaces, for example <c>email,sms</c>.
    /// </summary>
    public string Read { get; init; } = "";

    /// <summary>Mail.</summary>
    public EmailOptions Email { get; init; } = new();

    /// <summary>SMS, WhatsApp and calls.</summary>
    public TwilioOptions Twilio { get; init; } = new();

    /// <summary>Calls.</summary>
    public VoiceOptions Voice { get; init; } = new();

    /// <summary>The signed webhook.</summary>
    public WebhookOptions Webhook { get; init; } = new();

    /// <summary>Zendesk Support.</summary>
    public ZendeskOptions Zendesk { get; init; } = new();

    /// <summary>Intercom.</summary>
    public IntercomOptions Intercom { get; init; } = new();

    /// <summary>Freshdesk.</summary>
    public FreshdeskOptions Freshdesk { get; init; } = new();

    /// <summary>The chat on web sites.</summary>
    public ChatOptions Chat { get; init; } = new();

    /// <summary>Slack.</summary>
    public SlackOptions Slack { get; init; } = new();

    /// <summary>Microsoft Teams.</summary>
    public TeamsOptions Teams { get; init; } = new();

    /// <summary>Scores of decisions.</summary>
    public LangfuseOptions Langfuse { get; init; } = new();

    /// <summary>PagerDuty, and what speaks its Events API.</summary>
    public PagerDutyOptions PagerDuty { get; init; } = new();

    /// <summary>Issues of Linear.</summary>
    public LinearOptions Linear { get; init; } = new();

    /// <summary>Issues of Jira.</summary>
    public JiraOptions Jira { get; init; } = new();

    /// <summary>Cases of Salesforce.</summary>
    public SalesforceOptions Salesforce { get; init; } = new();

    /// <summary>Tickets of HubSpot.</summary>
    public HubSpotOptions HubSpot { get; init; } = new();

    internal IEnumerable<string> ReadNames =>
        Read.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct();
}
