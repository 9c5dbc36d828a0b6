using Baton.Archive;
using Baton.Channels;
using Baton.Conversations.Inbound;
using Baton.Customers;
using Baton.Conversations.Replies;
using Baton.Decisions;
using Baton.Decisions.Local;
using Baton.Decisions.Turns;
using Baton.Gateway;
using Baton.Operations.Backups;
using Baton.People.SignIn;
using Baton.Playbooks;
using Baton.Privacy.Presidio;
using Baton.Storage;
using Baton.Storage.Engines;
using Baton.Storage.Jobs;
using Baton.Storage.Jobs.Dispatching;

namespace Baton;

/// <summary>
/// Where one installation keeps its things and how it decides. In a host of one's own it is bound from the settings
/// <c>Baton:…</c> (in the environment <c>BATON__…</c>).
/// </summary>
public sealed record BatonOptions
{
    /// <summary>Playbook folder. No default: Baton decides nothing without a playbook.</summary>
    public string Playbook { get; set; } = "";

    /// <summary>Taken for the playbook's <c>models.yaml</c>; null takes the playbook's own.</summary>
    public string? Models { get; set; }

    /// <summary>
    /// Database file, default <c>data/baton.db</c>, or <c>postgresql://user:password@host:5432/database</c>.
    /// </summary>
    public string Database { get; set; } = "data/baton.db";

    /// <summary>Folder for trained models, by content. Default: <c>models</c> beside the database.</summary>
    public string? Cache { get; set; }

    /// <summary>What <c>{base}</c> in a tool's address stands for.</summary>
    public Uri? ToolBase { get; set; }

    /// <summary>
    /// Where the world reaches this installation, such as <c>https://support.example.com</c>. With it customers get
    /// links; null: they get words only.
    /// </summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>How tool requests leave; null means over the network.</summary>
    public HttpMessageHandler? ToolHandler { get; set; }

    /// <summary>
    /// Changes the list of stages, given the host's services and the product's stages in their order: a stage of one's
    /// own goes where it belongs. Null keeps the list.
    /// </summary>
    public ChangeStages? Stages { get; set; }

    /// <summary>Limits of the model gateway.</summary>
    public GatewayOptions Gateway { get; set; } = new();

    /// <summary>The queue and its workers.</summary>
    public JobOptions Jobs { get; set; } = new();

    /// <summary>
    /// Whether this host works on tickets, default true; false only takes them in and shows them, and others work.
    /// </summary>
    public bool Works { get; set; } = true;

    /// <summary>How work reaches the workers of several processes.</summary>
    public DispatchOptions Dispatch { get; set; } = new();

    /// <summary>What is accepted.</summary>
    public IntakeOptions Intake { get; set; } = new();

    /// <summary>How replies of people leave.</summary>
    public ReplyOptions Replies { get; set; } = new();

    /// <summary>A Presidio server besides Baton's own redaction.</summary>
    public PresidioOptions Presidio { get; set; } = new();

    /// <summary>What the local tier may use.</summary>
    public LocalOptions Local { get; set; } = new();

    /// <summary>Where tickets come from and answers go.</summary>
    public ChannelOptions Channels { get; set; } = new();

    /// <summary>Where customers are looked up.</summary>
    public CustomersOptions Customers { get; set; } = new();

    /// <summary>When months leave the database, and where they go.</summary>
    public ArchiveOptions Archive { get; set; } = new();

    /// <summary>When an account of the console is closed to further attempts.</summary>
    internal LockOut LockOut { get; set; } = new(10, TimeSpan.FromMinutes(15));

    /// <summary>Backups by the calendar.</summary>
    internal BackupOptions Backup { get; set; } = new();

    internal TurnOptions Turns { get; set; } = new();

    /// <summary>How the database file is worked with; its path is <see cref="Database"/>.</summary>
    internal DatabaseOptions Storage { get; set; } = new() { Path = "" };

    /// <summary>How the playbook's folder is read; its path is <see cref="Playbook"/>.</summary>
    internal PlaybookOptions Playbooks { get; set; } = new() { Directory = "" };

    /// <summary>Folder of <see cref="Cache"/>, with its default.</summary>
    internal string CacheFolder =>
        Cache ?? Path.Combine(Folder, "models");

    /// <summary>
    /// Where this machine keeps what is not in the database: beside its file, <c>data</c> for a server.
    /// </summary>
    internal string Folder =>
        StorageEngine.IsServer(Database) ? Path.GetFullPath("data")
        : Path.GetDirectoryName(Path.GetFullPath(Database))!;
}
