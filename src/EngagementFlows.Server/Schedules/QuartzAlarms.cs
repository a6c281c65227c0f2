using System.Globalization;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Schedules;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;
using Quartz.Extensibility;

namespace EngagementFlows.Server.Schedules;

/// <summary>The clock of recurring schedules: a clustered Quartz scheduler on its PostgreSQL store that wakes one of the processes at each instant at which something is due.</summary>
/// <remarks>
/// An alarm is a trigger named after its instant, not after a schedule: ten thousand schedules of nine o'clock are one alarm. It carries nothing; what is due stands in our own table, and an
/// alarm for which nothing is due any more does nothing. So alarms may be set twice, too many or again after a kill. The scheduler starts with the first alarm: a firm without
/// schedules has none of its threads, connections and look-ups.
/// </remarks>
internal sealed class QuartzAlarms(ScheduleFirer firer, ScheduleWake wake, FlowsDatabase database, DatabaseClock clock, ILoggerFactory loggers) : IAsyncDisposable
{
    /// <summary>The prefix of Quartz's tables, as the migration made them.</summary>
    public const string TablePrefix = "qrtz_";

    private const string Name = "EngagementFlows";
    // An alarm's work is one transaction a thousand schedules; more at once would only wait for each other.
    private const int Threads = 4;

    private static readonly JobKey Job = new("fire-due-schedules", Name);

    // What stands in Quartz's tables is asked anew that often: somebody may have emptied them.
    private static readonly TimeSpan Trust = TimeSpan.FromMinutes(1);

    private readonly Dictionary<DateTimeOffset, DateTimeOffset> _setAt = [];
    private StandaloneSchedulerFactory? _factory;
    private IScheduler? _scheduler;

    /// <summary>Gets whether the scheduler was started.</summary>
    public bool IsRunning => _scheduler is not null;

    /// <summary>Sets alarms for the instants; those that are set stay. Called by one loop, not by several threads.</summary>
    public async Task SetAsync(IReadOnlyList<DateTimeOffset> instants, CancellationToken cancellationToken)
    {
        IScheduler scheduler = _scheduler ??= await StartAsync(cancellationToken);
        DateTimeOffset now = clock.Now;
        foreach (DateTimeOffset old in _setAt.Where(pair => now - pair.Value > Trust).Select(pair => pair.Key).ToList())
            _setAt.Remove(old);
        foreach (DateTimeOffset instant in instants.Where(instant => !_setAt.ContainsKey(instant)))
        {
            ITrigger alarm = TriggerBuilder.Create(scheduler.TimeProvider)
                .WithIdentity(instant.ToString("O", CultureInfo.InvariantCulture), Name)
                .ForJob(Job)
                .StartAt(instant)
                .WithSchedule(SimpleScheduleBuilder.Create().WithRepeatCount(0).WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow))
                .Build();
            await scheduler.ScheduleTrigger(alarm, TriggerConflict.Keep, cancellationToken);
            _setAt[instant] = now;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_scheduler is { } scheduler)
            await scheduler.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
        if (_factory is { } factory)
            await factory.DisposeAsync();
        (_scheduler, _factory) = (null, null);
    }

    private async Task<IScheduler> StartAsync(CancellationToken cancellationToken)
    {
        _factory ??= QuartzSchedulerBuilder.Create(Configure).Build();
        IScheduler scheduler = await _factory.GetScheduler(cancellationToken);
        await scheduler.AddJob(JobBuilder.Create<FireDueSchedules>().WithIdentity(Job).StoreDurably(true).Build(), AddJobOptions.Replacing, cancellationToken);
        await scheduler.Start(cancellationToken);
        return scheduler;
    }

    private void Configure(IQuartzBuilder quartz)
    {
        quartz.Services.Replace(ServiceDescriptor.Singleton(loggers));
        quartz.UseTimeProvider(new DatabaseTime(clock));
        quartz.UseDefaultThreadPool(Threads);
        quartz.UseJobFactory(new Jobs(new FireDueSchedules(firer, wake)));
        quartz.ConfigureScheduler(options =>
        {
            options.InstanceName = Name;
            options.GenerateInstanceId = true;
            options.MaxBatchSize = Threads;
        });
        quartz.UsePersistentStore(store =>
        {
            store.ConfigureStore(options =>
            {
                options.TablePrefix = TablePrefix;
                options.SchemaProvisioning = SchemaProvisioning.None;
                options.MisfireThreshold = TimeSpan.FromSeconds(30);
            });
            store.UsePostgres(source => source.DataSourceFactory = _ => database.Queries);
            store.UseClustering(cluster =>
            {
                cluster.CheckinInterval = TimeSpan.FromSeconds(10);
                cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(10);
            });
        });
    }

    private sealed class Jobs(FireDueSchedules job) : IJobFactory
    {
        public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken) => ValueTask.FromResult(new JobScope(job));

        public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}

/// <summary>What an alarm does: fires what is due, then lets the next instants be looked at.</summary>
internal sealed class FireDueSchedules(ScheduleFirer firer, ScheduleWake wake) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await firer.FireDueAsync(cancellationToken);
        wake();
    }
}

/// <summary>Lets the loop of recurring schedules look at its table at once.</summary>
internal delegate void ScheduleWake();
