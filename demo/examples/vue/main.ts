import { createApp } from 'vue'
import StepUp from './step-up.vue'

createApp(StepUp).mount('#root')
