<?php
// Runs programs that use Twilio's library for PHP, and writes down what they would send. Nothing is sent.
//
// Standard input: {"programs": ["<?php ...", ...]}. Standard output: a JSON list with
// {"sent": [{method, url, params, data, headers}, ...], "error": "..."} for each program. Arguments: the src folder
// of twilio-php, which then runs; without it a stand-in does: see twilio.php.

namespace Judge {
    class Record
    {
        public static array $sent = [];
    }

    $source = $argv[1] ?? '';
    if ($source !== '') {
        require $source . '/Twilio/autoload.php';
        require __DIR__ . '/twilio_answer.php'; // In place of the one that uses curl.
    } else {
        require __DIR__ . '/twilio.php';
    }

    // The programs ask for the autoloader of an application.
    $folder = \sys_get_temp_dir() . '/taskrouter-php-' . \getmypid();
    \mkdir("$folder/vendor", 0700, true);
    \file_put_contents("$folder/vendor/autoload.php", '<?php');
    \chdir($folder);
    \set_error_handler(function (int $level, string $text) {
        throw new \ErrorException($text, 0, $level);
    });

    $results = [];
    foreach (\json_decode(\stream_get_contents(STDIN), true)['programs'] as $program) {
        Record::$sent = [];
        $error = '';
        \ob_start();
        try {
            (function (string $code) {
                eval($code);
            })(\substr($program, \strlen("<?php\n")));
        } catch (\Throwable $problem) {
            $error = \get_class($problem) . ': ' . $problem->getMessage();
        }
        \ob_end_clean();
        $results[] = ['sent' => Record::$sent, 'error' => $error];
    }
    \unlink("$folder/vendor/autoload.php");
    \rmdir("$folder/vendor");
    \rmdir($folder);
    echo \json_encode($results, JSON_THROW_ON_ERROR);
}
